import {
  appArmor,
  defaultCapabilities,
  droppedCapabilities,
  privileged,
  procMount,
  seccompIfSet,
  seLinux,
} from "./container-rules";
import { hostNamespaces, hostPathVolumes, hostPorts, hostProcess, probeHosts, sysctls } from "./host-rules";
import { type Pod, part } from "./pod";
import { privilegeEscalation, runAsNonRoot, runAsUser, seccompSet, volumeTypes } from "./restricted-rules";
import type { Rule } from "./rule";

/**
 * The Pod Security Standards of Kubernetes 1.31 and newer.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export const RULES: readonly Rule[] = [
  { levels: ["baseline", "restricted"], find: hostNamespaces },
  { levels: ["baseline", "restricted"], find: privileged },
  { levels: ["baseline"], find: defaultCapabilities },
  { levels: ["restricted"], find: droppedCapabilities, exempts: isWindows },
  { levels: ["baseline"], find: hostPathVolumes },
  { levels: ["restricted"], find: volumeTypes },
  { levels: ["baseline", "restricted"], find: hostPorts },
  { levels: ["baseline", "restricted"], find: probeHosts, since: 34 },
  { levels: ["baseline", "restricted"], find: appArmor },
  { levels: ["baseline", "restricted"], find: seLinux },
  { levels: ["baseline"], find: procMount, exempts: hasUserNamespace },
  { levels: ["restricted"], find: procMount },
  { levels: ["baseline"], find: seccompIfSet },
  { levels: ["restricted"], find: seccompSet, exempts: isWindows },
  { levels: ["baseline", "restricted"], find: sysctls },
  { levels: ["baseline", "restricted"], find: hostProcess },
  { levels: ["restricted"], find: privilegeEscalation, exempts: isWindows },
  { levels: ["restricted"], find: runAsNonRoot, exempts: hasUserNamespace },
  { levels: ["restricted"], find: runAsUser, exempts: hasUserNamespace },
];

/** Windows has no such settings. */
function isWindows({ spec }: Pod): boolean {
  return part(spec, "os").fields.name === "windows";
}

/** Root in the pod is nobody on the node. Counts since 1.35. */
function hasUserNamespace({ spec }: Pod, minor: number): boolean {
  return minor >= 35 && spec.fields.hostUsers === false;
}
