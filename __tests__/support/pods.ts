import { checkPodSecurity } from "../../lib/render/checks/check-pod-security";
import type { KubernetesObject } from "../../lib/render/objects/kubernetes-object";

type Fields = Readonly<Record<string, unknown>>;

/** What `restricted` asks for, and not more. */
export const safeContainer = {
  name: "main",
  image: "registry.example.com/main:1",
  securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
};
export const safeSpec = {
  securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
  containers: [safeContainer],
};

export function pod(spec: Fields, annotations?: Record<string, string>): KubernetesObject {
  return { apiVersion: "v1", kind: "Pod", metadata: { name: "main", annotations }, spec: { ...safeSpec, ...spec } };
}

export function withContainer(fields: Fields): KubernetesObject {
  return pod({ containers: [{ ...safeContainer, ...fields }] });
}

export function withSecurity(fields: Fields): KubernetesObject {
  return withContainer({ securityContext: { ...safeContainer.securityContext, ...fields } });
}

export function withPodSecurity(fields: Fields): KubernetesObject {
  return pod({ securityContext: { ...safeSpec.securityContext, ...fields } });
}

/** What the check has against an object, one line for each finding. */
export function podFindings(
  object: KubernetesObject,
  level: "restricted" | "baseline" | "privileged",
  version = "1.36",
): string[] {
  return checkPodSecurity({ source: "apps/main", object }, level, version).map(
    ({ path, message, fix }) => `${path} ${message}; ${fix}`,
  );
}
