import { CONTAINER, type PodChange } from "./pods";

const GOOD_POD_CONTEXT = { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } };
const inPodContext = (fields: object): PodChange => ({ spec: { securityContext: { ...GOOD_POD_CONTEXT, ...fields } } });
const initContainer = (securityContext: object | undefined): PodChange => ({
  spec: { initContainers: [{ ...CONTAINER, name: "first", securityContext }] },
});
const volume = (source: object): PodChange => ({ spec: { volumes: [{ name: "data", ...source }] } });
const probe = (handler: object): PodChange => ({ container: { livenessProbe: handler } });

/** Pods that meet `restricted`, and pods that each break one rule of a level, or come close. Nobody says here what is right: two are asked. */
export const PODS: Readonly<Record<string, PodChange>> = {
  "nothing wrong": {},

  hostNetwork: { spec: { hostNetwork: true } },
  hostPID: { spec: { hostPID: true } },
  hostIPC: { spec: { hostIPC: true } },
  "host namespaces said to be off": { spec: { hostNetwork: false, hostPID: false, hostIPC: false } },

  privileged: { securityContext: { privileged: true, allowPrivilegeEscalation: true } },
  "privileged said to be off": { securityContext: { privileged: false } },
  "privileged init container": initContainer({ privileged: true }),

  "capability NET_ADMIN": { securityContext: { capabilities: { add: ["NET_ADMIN"], drop: ["ALL"] } } },
  "capability CHOWN": { securityContext: { capabilities: { add: ["CHOWN"], drop: ["ALL"] } } },
  "capability NET_BIND_SERVICE": { securityContext: { capabilities: { add: ["NET_BIND_SERVICE"], drop: ["ALL"] } } },
  "capability with its prefix": { securityContext: { capabilities: { add: ["CAP_CHOWN"], drop: ["ALL"] } } },
  "no capabilities dropped": { securityContext: { capabilities: undefined } },
  "one capability dropped": { securityContext: { capabilities: { drop: ["NET_RAW"] } } },
  "all dropped, in small letters": { securityContext: { capabilities: { drop: ["all"] } } },
  "all dropped, among others": { securityContext: { capabilities: { drop: ["NET_RAW", "ALL"] } } },
  "init container that drops nothing": initContainer({ allowPrivilegeEscalation: false }),

  "volume hostPath": volume({ hostPath: { path: "/var/log" } }),
  "volume nfs": volume({ nfs: { server: "files.example.com", path: "/" } }),
  "volume iscsi": volume({ iscsi: { targetPortal: "192.0.2.1:3260", iqn: "iqn.2001-04.com.example:disk", lun: 0 } }),
  "volume emptyDir": volume({ emptyDir: {} }),
  "volume without a type": volume({}),
  "volume configMap": volume({ configMap: { name: "settings" } }),
  "volume secret": volume({ secret: { secretName: "settings" } }),
  "volume projected": volume({ projected: { sources: [{ configMap: { name: "settings" } }] } }),
  "volume downwardAPI": volume({ downwardAPI: { items: [] } }),
  "volume csi": volume({ csi: { driver: "csi.example.com" } }),
  "volume persistentVolumeClaim": volume({ persistentVolumeClaim: { claimName: "data" } }),
  "volume image": volume({ image: { reference: "registry.k8s.io/pause:3.10.1" } }),
  "volume ephemeral": volume({
    ephemeral: {
      volumeClaimTemplate: {
        spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
      },
    },
  }),

  hostPort: { container: { ports: [{ containerPort: 8080, hostPort: 8080 }] } },
  "port without a host port": { container: { ports: [{ containerPort: 8080 }] } },

  "probe of a host": probe({ httpGet: { host: "192.0.2.1", port: 80 } }),
  "probe of a host by TCP": probe({ tcpSocket: { host: "192.0.2.1", port: 80 } }),
  "probe of the pod": probe({ httpGet: { port: 80 } }),
  "readiness probe of a host": { container: { readinessProbe: { httpGet: { host: "192.0.2.1", port: 80 } } } },
  "startup probe of a host": { container: { startupProbe: { httpGet: { host: "192.0.2.1", port: 80 } } } },
  "hook that asks a host": { container: { lifecycle: { preStop: { httpGet: { host: "192.0.2.1", port: 80 } } } } },
  "first hook that asks a host": {
    container: { lifecycle: { postStart: { tcpSocket: { host: "192.0.2.1", port: 80 } } } },
  },

  "AppArmor off": inPodContext({ appArmorProfile: { type: "Unconfined" } }),
  "AppArmor on": inPodContext({ appArmorProfile: { type: "RuntimeDefault" } }),
  "AppArmor off for the container": { securityContext: { appArmorProfile: { type: "Unconfined" } } },
  "AppArmor off by annotation": {
    annotations: { "container.apparmor.security.beta.kubernetes.io/main": "unconfined" },
  },
  "AppArmor on by annotation": {
    annotations: { "container.apparmor.security.beta.kubernetes.io/main": "runtime/default" },
  },

  "SELinux type of ours": inPodContext({ seLinuxOptions: { type: "spc_t" } }),
  "SELinux type of containers": inPodContext({ seLinuxOptions: { type: "container_t" } }),
  "SELinux type of container engines": inPodContext({ seLinuxOptions: { type: "container_engine_t" } }),
  "SELinux user": { securityContext: { seLinuxOptions: { user: "system_u" } } },
  "SELinux role": { securityContext: { seLinuxOptions: { role: "system_r" } } },
  "SELinux level": { securityContext: { seLinuxOptions: { level: "s0:c1,c2" } } },

  "procMount Unmasked": { spec: { hostUsers: false }, securityContext: { procMount: "Unmasked" } },
  "procMount Default": { securityContext: { procMount: "Default" } },

  "seccomp off": inPodContext({ seccompProfile: { type: "Unconfined" } }),
  "seccomp not set": inPodContext({ seccompProfile: undefined }),
  "seccomp off for the container": { securityContext: { seccompProfile: { type: "Unconfined" } } },
  "seccomp of the container alone": {
    spec: { securityContext: { runAsNonRoot: true } },
    securityContext: { seccompProfile: { type: "RuntimeDefault" } },
  },
  "seccomp of a file": inPodContext({ seccompProfile: { type: "Localhost", localhostProfile: "ours.json" } }),

  "sysctl of the node": inPodContext({ sysctls: [{ name: "kernel.msgmax", value: "65536" }] }),
  "sysctl of the pod": inPodContext({ sysctls: [{ name: "net.ipv4.tcp_syncookies", value: "1" }] }),
  "sysctl that came with 1.32": inPodContext({ sysctls: [{ name: "net.ipv4.tcp_rmem", value: "4096 87380 6291456" }] }),

  "process of a Windows host": {
    spec: {
      hostNetwork: true,
      securityContext: {
        runAsNonRoot: true,
        windowsOptions: { hostProcess: true, runAsUserName: "NT AUTHORITY\\SYSTEM" },
      },
    },
    securityContext: { capabilities: undefined, allowPrivilegeEscalation: undefined },
  },
  "Windows pod": {
    spec: { os: { name: "windows" }, securityContext: { runAsNonRoot: true } },
    securityContext: { capabilities: undefined, allowPrivilegeEscalation: undefined },
  },
  "Linux pod by name": {
    spec: { os: { name: "linux" }, securityContext: { runAsNonRoot: true } },
    securityContext: { capabilities: undefined, allowPrivilegeEscalation: undefined },
  },

  "escalation not set": { securityContext: { allowPrivilegeEscalation: undefined } },
  "escalation allowed": { securityContext: { allowPrivilegeEscalation: true } },

  "user not said": inPodContext({ runAsNonRoot: undefined }),
  "root allowed": inPodContext({ runAsNonRoot: false }),
  "root allowed for the container": { securityContext: { runAsNonRoot: false } },
  "no root, said by the container": {
    spec: { securityContext: { seccompProfile: { type: "RuntimeDefault" } } },
    securityContext: { runAsNonRoot: true },
  },
  "user 0": inPodContext({ runAsUser: 0 }),
  "user 0 of the container": { securityContext: { runAsUser: 0 } },
  "user 1000": inPodContext({ runAsUser: 1000 }),
  "root in a user namespace": {
    spec: { hostUsers: false, securityContext: { runAsUser: 0, seccompProfile: { type: "RuntimeDefault" } } },
  },
  "users of the host, said": { spec: { hostUsers: true } },
  "init container without a context": initContainer(undefined),
};
