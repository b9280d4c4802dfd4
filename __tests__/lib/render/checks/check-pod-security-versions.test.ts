import { checkPodSecurity } from "../../../../lib/render/checks/check-pod-security";
import type { KubernetesObject } from "../../../../lib/render/objects/kubernetes-object";
import { pod, podFindings, safeContainer, safeSpec, withContainer, withPodSecurity } from "../../../support/pods";

const sysctls =
  "kernel.shm_rmid_forced, net.ipv4.ip_local_port_range, net.ipv4.ip_local_reserved_ports, net.ipv4.ip_unprivileged_port_start, net.ipv4.ping_group_range, net.ipv4.tcp_fin_timeout, net.ipv4.tcp_keepalive_intvl, net.ipv4.tcp_keepalive_probes, net.ipv4.tcp_keepalive_time, net.ipv4.tcp_syncookies";

/** What changed between the versions that EKS offers. */
test.each<[string, KubernetesObject, "baseline" | "restricted", string, string, string]>([
  [
    "hosts in probes",
    withContainer({ livenessProbe: { tcpSocket: { port: 80, host: "example.com" } } }),
    "baseline",
    "1.34",
    "1.33",
    "spec.containers[0].livenessProbe.tcpSocket.host must not be set for Pod Security level baseline; remove it: without it the pod itself is asked",
  ],
  [
    "volumes of an image",
    pod({ volumes: [{ name: "data", image: { reference: "registry.example.com/data:1" } }] }),
    "restricted",
    "1.32",
    "1.33",
    "spec.volumes[0].image must not be set for Pod Security level restricted; use one of configMap, csi, downwardAPI, emptyDir, ephemeral, persistentVolumeClaim, projected, secret",
  ],
  [
    "buffers of TCP",
    withPodSecurity({ sysctls: [{ name: "net.ipv4.tcp_wmem" }] }),
    "baseline",
    "1.31",
    "1.32",
    `spec.securityContext.sysctls[0].name must be one of ${sysctls} for Pod Security level baseline; remove it, or set it on the node`,
  ],
  [
    "an open /proc in a user namespace",
    pod({ hostUsers: false, containers: [{ name: "main", securityContext: { procMount: "Unmasked" } }] }),
    "baseline",
    "1.34",
    "1.35",
    "spec.containers[0].securityContext.procMount must be Default for Pod Security level baseline; remove it",
  ],
  [
    "root in a user namespace",
    pod({ hostUsers: false, securityContext: { ...safeSpec.securityContext, runAsUser: 0 } }),
    "restricted",
    "1.34",
    "1.35",
    "spec.securityContext.runAsUser must not be 0 for Pod Security level restricted; use the number of another user",
  ],
  [
    "any user in a user namespace",
    pod({ hostUsers: false, securityContext: { ...safeSpec.securityContext, runAsNonRoot: false } }),
    "restricted",
    "1.34",
    "1.35",
    "spec.securityContext.runAsNonRoot must be true for Pod Security level restricted; set it to true",
  ],
])("versions differ in %s", (_, object, level, refusing, accepting, message) => {
  expect(podFindings(object, level, refusing)).toEqual([message]);
  expect(podFindings(object, level, accepting)).toEqual([]);
});

test("restricted keeps /proc closed, whatever the user namespace", () => {
  const security = { ...safeContainer.securityContext, procMount: "Unmasked" };
  const object = pod({ hostUsers: false, containers: [{ ...safeContainer, securityContext: security }] });
  expect(podFindings(object, "restricted", "1.35")).toEqual([
    "spec.containers[0].securityContext.procMount must be Default for Pod Security level restricted; remove it",
  ]);
});

test("without a version, the newest rules count", () => {
  const object = withContainer({ livenessProbe: { httpGet: { port: 80, host: "example.com" } } });
  const findings = checkPodSecurity({ source: "apps/main", object }, "baseline");
  expect(findings.map(({ path }) => path)).toEqual(["spec.containers[0].livenessProbe.httpGet.host"]);
});
