import { seccompIfSet } from "./container-rules";
import { isSet, type Pod, part, parts, pathTo, securityContexts } from "./pod";
import type { Violation } from "./rule";

const VOLUMES = [
  "configMap",
  "csi",
  "downwardAPI",
  "emptyDir",
  "ephemeral",
  "persistentVolumeClaim",
  "projected",
  "secret",
];

/** A volume that names no type is an emptyDir. */
export function volumeTypes({ spec }: Pod, minor: number): Violation[] {
  const allowed = [...VOLUMES, ...(minor >= 33 ? ["image"] : [])];
  return parts(spec, "volumes").flatMap((volume) =>
    Object.keys(volume.fields)
      .filter((field) => field !== "name" && isSet(volume.fields[field]) && !allowed.includes(field))
      .map((field) => ({
        path: pathTo(volume, field),
        rule: "must not be set",
        fix: `use one of ${allowed.join(", ")}`,
      })),
  );
}

export function privilegeEscalation({ containers }: Pod): Violation[] {
  return containers
    .map((container) => part(container, "securityContext"))
    .filter(({ fields }) => fields.allowPrivilegeEscalation !== false)
    .map((context) => ({
      path: pathTo(context, "allowPrivilegeEscalation"),
      rule: "must be false",
      fix: "set it to false",
    }));
}

export function runAsNonRoot(pod: Pod): Violation[] {
  const ofPod = part(pod.spec, "securityContext").fields.runAsNonRoot;
  return securityContexts(pod).flatMap((context, index) => {
    const isContainer = index > 0;
    const own = context.fields.runAsNonRoot;
    const isMissing = isContainer && !isSet(own) && !isSet(ofPod);
    if (own !== false && !isMissing) return [];
    const fix = isMissing ? "set it to true here or for the pod" : "set it to true";
    return [{ path: pathTo(context, "runAsNonRoot"), rule: "must be true", fix }];
  });
}

export function runAsUser(pod: Pod): Violation[] {
  return securityContexts(pod)
    .filter(({ fields }) => fields.runAsUser === 0)
    .map((context) => ({
      path: pathTo(context, "runAsUser"),
      rule: "must not be 0",
      fix: "use the number of another user",
    }));
}

/** A profile must be set, for the container or for the pod. */
export function seccompSet(pod: Pod): Violation[] {
  const ofPod = part(pod.spec, "securityContext").fields.seccompProfile;
  const missing = pod.containers
    .map((container) => part(container, "securityContext"))
    .filter(({ fields }) => !isSet(fields.seccompProfile) && !isSet(ofPod))
    .map((context) => ({
      path: pathTo(part(context, "seccompProfile"), "type"),
      rule: "must be RuntimeDefault or Localhost",
      fix: "set it to RuntimeDefault here or for the pod",
    }));
  return [...seccompIfSet(pod), ...missing];
}
