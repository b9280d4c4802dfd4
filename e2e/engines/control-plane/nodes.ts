import type { KubernetesApi } from "./api-client";

const room = { cpu: "64", memory: "256Gi", pods: "500", "ephemeral-storage": "1Ti" };

/** Marks the nodes that kwok plays. */
export const nodeAnnotation = "kwok.x-k8s.io/node=fake";

/** Two nodes in two zones; kwok keeps them Ready and lets pods on them become Ready or complete. */
export async function makeNodes(api: KubernetesApi, region: string): Promise<string[]> {
  const names = ["node-a", "node-b"];
  for (const name of names) {
    const zone = `${region}${name.slice(-1)}`;
    await api.apply(`/api/v1/nodes/${name}`, {
      apiVersion: "v1",
      kind: "Node",
      metadata: {
        name,
        annotations: Object.fromEntries([nodeAnnotation.split("=")]),
        labels: {
          "kubernetes.io/arch": "amd64",
          "kubernetes.io/hostname": name,
          "kubernetes.io/os": "linux",
          "topology.kubernetes.io/region": region,
          "topology.kubernetes.io/zone": zone,
        },
      },
      spec: { providerID: `aws:///${zone}/i-${name}` },
    });
    await api.apply(`/api/v1/nodes/${name}/status`, {
      apiVersion: "v1",
      kind: "Node",
      metadata: { name },
      status: { allocatable: room, capacity: room },
    });
  }
  return names;
}
