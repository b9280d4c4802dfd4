/** Fields of a pod that a test changes. */
export interface PodChange {
  readonly annotations?: Readonly<Record<string, string>>;
  /** Over the fields of the pod's `spec`. */
  readonly spec?: Readonly<Record<string, unknown>>;
  /** Over the fields of its container. */
  readonly container?: Readonly<Record<string, unknown>>;
  /** Over the fields of the container's `securityContext`. */
  readonly securityContext?: Readonly<Record<string, unknown>>;
}

const CONTEXT = { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } };

export const CONTAINER = { name: "main", image: "registry.k8s.io/pause:3.10.1", securityContext: CONTEXT };

/** A pod that meets `restricted`, with changes. A change that says undefined takes a field away. */
export function podTemplate({ annotations, spec, container, securityContext }: PodChange = {}) {
  const main = { ...CONTAINER, securityContext: { ...CONTEXT, ...securityContext }, ...container };
  return {
    metadata: { labels: { app: "cluster-run" }, annotations },
    spec: {
      securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
      containers: [main],
      ...spec,
    },
  };
}

/** The same as an object that can be sent. */
export function pod(name: string, change: PodChange = {}) {
  const { metadata, spec } = podTemplate(change);
  return { apiVersion: "v1", kind: "Pod", metadata: { ...metadata, name }, spec };
}

/** The same inside a Deployment. */
export function deployment(name: string, change: PodChange = {}) {
  const selector = { matchLabels: { app: "cluster-run" } };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name },
    spec: { replicas: 1, selector, template: podTemplate(change) },
  };
}
