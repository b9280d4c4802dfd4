import { checkPodSecurity } from "../../../../lib/render/checks/check-pod-security";
import type { KubernetesObject } from "../../../../lib/render/objects/kubernetes-object";
import { pod, podFindings, safeContainer, withContainer, withPodSecurity, withSecurity } from "../../../support/pods";

test("a finding says where it is from", () => {
  const object = { ...pod({ hostNetwork: true }), metadata: { name: "main" } };
  expect(checkPodSecurity({ source: "apps/main", namespace: "apps", object }, "baseline", "1.36")).toEqual([
    {
      severity: "error",
      check: "pod-security",
      source: "apps/main",
      object: "Pod apps/main",
      path: "spec.hostNetwork",
      message: "must not be true for Pod Security level baseline",
      fix: "remove it",
    },
  ]);
});

const everythingBad = pod({
  hostNetwork: true,
  volumes: [{ name: "node", hostPath: { path: "/" } }],
  containers: [{ name: "main", securityContext: { privileged: true, runAsUser: 0 } }],
});

test("privileged refuses nothing", () => {
  expect(podFindings(everythingBad, "privileged")).toEqual([]);
});

test("baseline asks for less than restricted", () => {
  expect(podFindings(everythingBad, "baseline")).toEqual([
    "spec.hostNetwork must not be true for Pod Security level baseline; remove it",
    "spec.containers[0].securityContext.privileged must not be true for Pod Security level baseline; remove it",
    "spec.volumes[0].hostPath must not be set for Pod Security level baseline; use a volume that does not reach into the node, such as emptyDir or persistentVolumeClaim",
  ]);
  expect(podFindings(everythingBad, "restricted")).toEqual([
    "spec.hostNetwork must not be true for Pod Security level restricted; remove it",
    "spec.containers[0].securityContext.privileged must not be true for Pod Security level restricted; remove it",
    'spec.containers[0].securityContext.capabilities.drop must hold ALL for Pod Security level restricted; set it to ["ALL"]',
    "spec.volumes[0].hostPath must not be set for Pod Security level restricted; use one of configMap, csi, downwardAPI, emptyDir, ephemeral, persistentVolumeClaim, projected, secret, image",
    "spec.containers[0].securityContext.allowPrivilegeEscalation must be false for Pod Security level restricted; set it to false",
    "spec.containers[0].securityContext.runAsUser must not be 0 for Pod Security level restricted; use the number of another user",
  ]);
});

test("an object without pods, or without a pod in it, has no findings", () => {
  expect(
    podFindings({ apiVersion: "v1", kind: "Service", metadata: {}, spec: { hostNetwork: true } }, "restricted"),
  ).toEqual([]);
  expect(
    podFindings({ apiVersion: "example.com/v1", kind: "Pod", metadata: {}, spec: { hostPID: true } }, "restricted"),
  ).toEqual([]);
  expect(podFindings({ apiVersion: "apps/v1", kind: "Deployment", metadata: {}, spec: null }, "restricted")).toEqual(
    [],
  );
});

test.each<[string, KubernetesObject, string]>([
  ["Pod", { apiVersion: "v1", kind: "Pod", metadata: {}, spec: { hostPID: true } }, "spec.hostPID"],
  [
    "PodTemplate",
    { apiVersion: "v1", kind: "PodTemplate", metadata: {}, template: { spec: { hostPID: true } } },
    "template.spec.hostPID",
  ],
  ...["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"].map((kind): [string, KubernetesObject, string] => [
    kind,
    { apiVersion: "apps/v1", kind, metadata: {}, spec: { template: { spec: { hostPID: true } } } },
    "spec.template.spec.hostPID",
  ]),
  [
    "ReplicationController",
    { apiVersion: "v1", kind: "ReplicationController", metadata: {}, spec: { template: { spec: { hostPID: true } } } },
    "spec.template.spec.hostPID",
  ],
  [
    "Job",
    { apiVersion: "batch/v1", kind: "Job", metadata: {}, spec: { template: { spec: { hostPID: true } } } },
    "spec.template.spec.hostPID",
  ],
  [
    "CronJob",
    {
      apiVersion: "batch/v1",
      kind: "CronJob",
      metadata: {},
      spec: { jobTemplate: { spec: { template: { spec: { hostPID: true } } } } },
    },
    "spec.jobTemplate.spec.template.spec.hostPID",
  ],
])("finds the pod of a %s", (_, object, path) => {
  expect(podFindings(object, "baseline")).toEqual([
    `${path} must not be true for Pod Security level baseline; remove it`,
  ]);
});

test("init and ephemeral containers count", () => {
  const privileged = { name: "x", securityContext: { privileged: true } };
  const object = pod({ initContainers: [privileged], ephemeralContainers: [privileged, privileged] });
  expect(podFindings(object, "baseline")).toEqual([
    "spec.initContainers[0].securityContext.privileged must not be true for Pod Security level baseline; remove it",
    "spec.ephemeralContainers[0].securityContext.privileged must not be true for Pod Security level baseline; remove it",
    "spec.ephemeralContainers[1].securityContext.privileged must not be true for Pod Security level baseline; remove it",
  ]);
});

const appArmorKey = "container.apparmor.security.beta.kubernetes.io/main";
const capabilities =
  "AUDIT_WRITE, CHOWN, DAC_OVERRIDE, FOWNER, FSETID, KILL, MKNOD, NET_BIND_SERVICE, SETFCAP, SETGID, SETPCAP, SETUID, SYS_CHROOT";
const sysctls =
  "kernel.shm_rmid_forced, net.ipv4.ip_local_port_range, net.ipv4.ip_local_reserved_ports, net.ipv4.ip_unprivileged_port_start, net.ipv4.ping_group_range, net.ipv4.tcp_fin_timeout, net.ipv4.tcp_keepalive_intvl, net.ipv4.tcp_keepalive_probes, net.ipv4.tcp_keepalive_time, net.ipv4.tcp_syncookies, net.ipv4.tcp_rmem, net.ipv4.tcp_wmem";

/** Each is refused by both levels, and is the only thing wrong. */
test.each<[string, KubernetesObject, string]>([
  ["the node's network", pod({ hostNetwork: true }), "spec.hostNetwork must not be true; remove it"],
  ["the node's processes", pod({ hostPID: true }), "spec.hostPID must not be true; remove it"],
  ["the node's memory", pod({ hostIPC: true }), "spec.hostIPC must not be true; remove it"],
  [
    "a privileged container",
    withSecurity({ privileged: true }),
    "spec.containers[0].securityContext.privileged must not be true; remove it",
  ],
  [
    "a port of the node",
    withContainer({ ports: [{ containerPort: 80 }, { containerPort: 81, hostPort: 81 }] }),
    "spec.containers[0].ports[1].hostPort must not be set; use a Service",
  ],
  [
    "another host in a probe",
    withContainer({ readinessProbe: { httpGet: { port: 80, host: "example.com" } } }),
    "spec.containers[0].readinessProbe.httpGet.host must not be set; remove it: without it the pod itself is asked",
  ],
  [
    "another host in a hook",
    withContainer({ lifecycle: { preStop: { tcpSocket: { port: 80, host: "example.com" } } } }),
    "spec.containers[0].lifecycle.preStop.tcpSocket.host must not be set; remove it: without it the pod itself is asked",
  ],
  [
    "no AppArmor for the pod",
    withPodSecurity({ appArmorProfile: { type: "Unconfined" } }),
    "spec.securityContext.appArmorProfile.type must be RuntimeDefault or Localhost; set it to RuntimeDefault",
  ],
  [
    "no AppArmor for a container",
    withSecurity({ appArmorProfile: { type: "Unconfined" } }),
    "spec.containers[0].securityContext.appArmorProfile.type must be RuntimeDefault or Localhost; set it to RuntimeDefault",
  ],
  [
    "no AppArmor, by annotation",
    pod({}, { [appArmorKey]: "unconfined" }),
    `metadata.annotations["${appArmorKey}"] must be runtime/default or localhost/<profile>; remove it`,
  ],
  [
    "a type of SELinux",
    withPodSecurity({ seLinuxOptions: { type: "spc_t" } }),
    "spec.securityContext.seLinuxOptions.type must be one of container_t, container_init_t, container_kvm_t, container_engine_t; remove it",
  ],
  [
    "a user of SELinux",
    withSecurity({ seLinuxOptions: { user: "system_u" } }),
    "spec.containers[0].securityContext.seLinuxOptions.user must not be set; remove it",
  ],
  [
    "a role of SELinux",
    withSecurity({ seLinuxOptions: { role: "system_r" } }),
    "spec.containers[0].securityContext.seLinuxOptions.role must not be set; remove it",
  ],
  [
    "an open /proc",
    withSecurity({ procMount: "Unmasked" }),
    "spec.containers[0].securityContext.procMount must be Default; remove it",
  ],
  [
    "no seccomp for a container",
    withSecurity({ seccompProfile: { type: "Unconfined" } }),
    "spec.containers[0].securityContext.seccompProfile.type must be RuntimeDefault or Localhost; set it to RuntimeDefault",
  ],
  [
    "no seccomp for the pod",
    withPodSecurity({ seccompProfile: { type: "Unconfined" } }),
    "spec.securityContext.seccompProfile.type must be RuntimeDefault or Localhost; set it to RuntimeDefault",
  ],
  [
    "a sysctl that reaches other pods",
    withPodSecurity({ sysctls: [{ name: "net.ipv4.tcp_rmem" }, { name: "kernel.msgmax" }] }),
    `spec.securityContext.sysctls[1].name must be one of ${sysctls}; remove it, or set it on the node`,
  ],
  [
    "a pod that is a process of a Windows node",
    withPodSecurity({ windowsOptions: { hostProcess: true } }),
    "spec.securityContext.windowsOptions.hostProcess must not be true; remove it",
  ],
  [
    "a container that is a process of a Windows node",
    withSecurity({ windowsOptions: { hostProcess: true } }),
    "spec.containers[0].securityContext.windowsOptions.hostProcess must not be true; remove it",
  ],
])("both levels refuse %s", (_, object, expected) => {
  const at = (level: string) => [expected.replace("; ", ` for Pod Security level ${level}; `)];
  expect(podFindings(object, "baseline")).toEqual(at("baseline"));
  expect(podFindings(object, "restricted")).toEqual(at("restricted"));
});

test.each<[string, KubernetesObject, readonly string[], readonly string[]]>([
  [
    "a capability beyond the default",
    withSecurity({ capabilities: { drop: ["ALL"], add: ["NET_BIND_SERVICE", "SYS_ADMIN"] } }),
    [`spec.containers[0].securityContext.capabilities.add[1] must be one of ${capabilities}; remove it`],
    ["spec.containers[0].securityContext.capabilities.add[1] must be one of NET_BIND_SERVICE; remove it"],
  ],
  [
    "a capability of the default",
    withSecurity({ capabilities: { drop: ["ALL"], add: ["CHOWN"] } }),
    [],
    ["spec.containers[0].securityContext.capabilities.add[0] must be one of NET_BIND_SERVICE; remove it"],
  ],
  [
    "capabilities that stay",
    withSecurity({ capabilities: { drop: ["NET_RAW"] } }),
    [],
    ['spec.containers[0].securityContext.capabilities.drop must hold ALL; set it to ["ALL"]'],
  ],
  [
    "a volume of a network",
    pod({ volumes: [{ name: "data", nfs: { server: "nfs.example.com", path: "/" } }] }),
    [],
    [
      "spec.volumes[0].nfs must not be set; use one of configMap, csi, downwardAPI, emptyDir, ephemeral, persistentVolumeClaim, projected, secret, image",
    ],
  ],
  [
    "privilege escalation that is not forbidden",
    withSecurity({ allowPrivilegeEscalation: undefined }),
    [],
    ["spec.containers[0].securityContext.allowPrivilegeEscalation must be false; set it to false"],
  ],
  [
    "any user",
    pod({ securityContext: { seccompProfile: { type: "Localhost" } } }),
    [],
    ["spec.containers[0].securityContext.runAsNonRoot must be true; set it to true here or for the pod"],
  ],
  [
    "any user for the pod",
    withPodSecurity({ runAsNonRoot: false }),
    [],
    ["spec.securityContext.runAsNonRoot must be true; set it to true"],
  ],
  [
    "any user for a container",
    withSecurity({ runAsNonRoot: false }),
    [],
    ["spec.containers[0].securityContext.runAsNonRoot must be true; set it to true"],
  ],
  [
    "root for the pod",
    withPodSecurity({ runAsUser: 0 }),
    [],
    ["spec.securityContext.runAsUser must not be 0; use the number of another user"],
  ],
  [
    "root for a container",
    withSecurity({ runAsUser: 0 }),
    [],
    ["spec.containers[0].securityContext.runAsUser must not be 0; use the number of another user"],
  ],
  [
    "seccomp that is left open",
    pod({ securityContext: { runAsNonRoot: true } }),
    [],
    [
      "spec.containers[0].securityContext.seccompProfile.type must be RuntimeDefault or Localhost; set it to RuntimeDefault here or for the pod",
    ],
  ],
])("what the levels say of %s", (_, object, baseline, restricted) => {
  const at = (level: string, lines: readonly string[]) =>
    lines.map((line) => line.replace("; ", ` for Pod Security level ${level}; `));
  expect(podFindings(object, "baseline")).toEqual(at("baseline", baseline));
  expect(podFindings(object, "restricted")).toEqual(at("restricted", restricted));
});

test.each<[string, KubernetesObject]>([
  ["the least there is", pod({})],
  ["switches that are off", pod({ hostNetwork: false, hostPID: null, hostIPC: false })],
  ["a host port of 0", withContainer({ ports: [{ containerPort: 80, hostPort: 0 }] })],
  ["a probe without a host", withContainer({ livenessProbe: { httpGet: { port: 80, host: "" } }, startupProbe: null })],
  ["AppArmor of the node", withPodSecurity({ appArmorProfile: { type: "Localhost", localhostProfile: "main" } })],
  ["AppArmor by annotation", pod({}, { [appArmorKey]: "localhost/main" })],
  ["AppArmor by an annotation that is empty", pod({}, { [appArmorKey]: "" })],
  ["AppArmor by another annotation", pod({}, { [appArmorKey]: "runtime/default", other: "unconfined" })],
  ["SELinux of containers", withSecurity({ seLinuxOptions: { type: "container_engine_t", user: "", role: null } })],
  ["a closed /proc", withSecurity({ procMount: "Default" })],
  ["null in the place of settings", withSecurity({ privileged: null, seccompProfile: null, appArmorProfile: null })],
  ["a port below 1024", withSecurity({ capabilities: { drop: ["ALL"], add: ["NET_BIND_SERVICE"] } })],
  ["a container that says itself what it is", withSecurity({ runAsNonRoot: true, runAsUser: 1000 })],
  [
    "volumes that reach no node",
    pod({
      volumes: [
        { name: "a", emptyDir: {} },
        { name: "b" },
        { name: "c", configMap: { name: "c" }, hostPath: null },
        { name: "d", csi: { driver: "csi.example.com" } },
        { name: "e", image: { reference: "registry.example.com/data:1" } },
      ],
    }),
  ],
])("restricted takes %s", (_, object) => {
  expect(podFindings(object, "restricted")).toEqual([]);
});

test("containers say it each for themselves when the pod does not", () => {
  const security = { ...safeContainer.securityContext, runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } };
  const good = { ...safeContainer, securityContext: security };
  expect(podFindings(pod({ securityContext: null, containers: [good, good] }), "restricted")).toEqual([]);
  expect(podFindings(pod({ securityContext: null, containers: [good, safeContainer] }), "restricted")).toEqual([
    "spec.containers[1].securityContext.seccompProfile.type must be RuntimeDefault or Localhost for Pod Security level restricted; set it to RuntimeDefault here or for the pod",
    "spec.containers[1].securityContext.runAsNonRoot must be true for Pod Security level restricted; set it to true here or for the pod",
  ]);
});

test("Windows pods have no settings of Linux, and still no rights on the node", () => {
  const containers = [{ name: "main", securityContext: { windowsOptions: { hostProcess: true } } }];
  const spec = { os: { name: "windows" }, securityContext: { runAsNonRoot: true }, containers };
  expect(podFindings(pod(spec), "restricted")).toEqual([
    "spec.containers[0].securityContext.windowsOptions.hostProcess must not be true for Pod Security level restricted; remove it",
  ]);
  expect(podFindings(pod({ ...spec, os: { name: "linux" } }), "restricted")).toHaveLength(4);
});
