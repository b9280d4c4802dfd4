import { apply } from "./apply";
import type { Cluster } from "./cluster";
import { counted, type Environment, namespacesOf, platformOf } from "./environment";
import type { Made } from "./made";

/** Everything that Terraform makes itself in the cluster, as it would be made. */
export async function applyPlatform(cluster: Cluster, made: Made, environment: Environment): Promise<string> {
  for (const name of namespacesOf(environment)) await made.namespace(name);
  const objects = platformOf(environment);
  await apply(cluster, made, objects);
  const tried = cluster.own ? "" : "; what has no namespace by a dry run";
  return counted(objects.map(({ object }) => object)) + tried;
}
