import { isSet, type Pod, part, parts, pathTo, securityContexts } from "./pod";
import type { Violation } from "./rule";

export function hostNamespaces({ spec }: Pod): Violation[] {
  return ["hostNetwork", "hostPID", "hostIPC"]
    .filter((field) => spec.fields[field] === true)
    .map((field) => ({ path: pathTo(spec, field), rule: "must not be true", fix: "remove it" }));
}

export function hostPathVolumes({ spec }: Pod): Violation[] {
  return parts(spec, "volumes")
    .filter(({ fields }) => isSet(fields.hostPath))
    .map((volume) => ({
      path: pathTo(volume, "hostPath"),
      rule: "must not be set",
      fix: "use a volume that does not reach into the node, such as emptyDir or persistentVolumeClaim",
    }));
}

export function hostPorts({ containers }: Pod): Violation[] {
  return containers
    .flatMap((container) => parts(container, "ports"))
    .filter(({ fields }) => isSet(fields.hostPort) && fields.hostPort !== 0)
    .map((port) => ({ path: pathTo(port, "hostPort"), rule: "must not be set", fix: "use a Service" }));
}

export function hostProcess(pod: Pod): Violation[] {
  return securityContexts(pod)
    .map((context) => part(context, "windowsOptions"))
    .filter(({ fields }) => fields.hostProcess === true)
    .map((options) => ({ path: pathTo(options, "hostProcess"), rule: "must not be true", fix: "remove it" }));
}

/** A probe or a hook with a host makes the kubelet send requests anywhere. */
export function probeHosts({ containers }: Pod): Violation[] {
  return containers
    .flatMap((container) => [
      ...["livenessProbe", "readinessProbe", "startupProbe"].map((probe) => part(container, probe)),
      ...["postStart", "preStop"].map((hook) => part(part(container, "lifecycle"), hook)),
    ])
    .flatMap((handler) => ["httpGet", "tcpSocket"].map((action) => part(handler, action)))
    .filter(({ fields }) => isSet(fields.host) && fields.host !== "")
    .map((action) => ({
      path: pathTo(action, "host"),
      rule: "must not be set",
      fix: "remove it: without it the pod itself is asked",
    }));
}

/** What reaches no other pod of the node. */
const SAFE_SYSCTLS = [
  "kernel.shm_rmid_forced",
  "net.ipv4.ip_local_port_range",
  "net.ipv4.ip_local_reserved_ports",
  "net.ipv4.ip_unprivileged_port_start",
  "net.ipv4.ping_group_range",
  "net.ipv4.tcp_fin_timeout",
  "net.ipv4.tcp_keepalive_intvl",
  "net.ipv4.tcp_keepalive_probes",
  "net.ipv4.tcp_keepalive_time",
  "net.ipv4.tcp_syncookies",
];
const SAFE_SINCE_32 = ["net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem"];

export function sysctls({ spec }: Pod, minor: number): Violation[] {
  const safe = [...SAFE_SYSCTLS, ...(minor >= 32 ? SAFE_SINCE_32 : [])];
  return parts(part(spec, "securityContext"), "sysctls")
    .filter(({ fields }) => !safe.includes(String(fields.name)))
    .map((sysctl) => ({
      path: pathTo(sysctl, "name"),
      rule: `must be one of ${safe.join(", ")}`,
      fix: "remove it, or set it on the node",
    }));
}
