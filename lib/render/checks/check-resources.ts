import { compareQuantities, parseQuantity, type Quantity } from "../../kubernetes/quantity";
import { objectIdentity, type SourcedObject } from "../objects/kubernetes-object";
import type { Finding } from "./finding";
import { isSet, type Part, part, pathTo, podOf } from "./pod-security/pod";

/**
 * Pods that ask for more than their limits let them have. No schema says so, and of a workload the API server refuses the pods only when
 * they are made: after the deploy.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
 */
export function checkResources(objects: readonly SourcedObject[]): Finding[] {
  return objects.flatMap((sourced) => {
    const pod = podOf(sourced.object);
    if (!pod) return [];
    // A pod may have resources of its own, that its containers share.
    return [pod.spec, ...pod.containers].flatMap(excesses).map(
      ({ path, message }): Finding => ({
        severity: "error",
        check: "resources",
        source: sourced.source,
        object: objectIdentity(sourced),
        path,
        message,
        fix: "raise the limit or ask for less",
      }),
    );
  });
}

function excesses(owner: Part): Required<Pick<Finding, "path" | "message">>[] {
  const resources = part(owner, "resources");
  const limits = part(resources, "limits");
  const requests = part(resources, "requests");
  return Object.entries(requests.fields).flatMap(([name, asked]) => {
    const most = limits.fields[name];
    const [request, limit] = [quantity(asked), quantity(most)];
    if (!request || !limit || compareQuantities(request, limit) <= 0) return [];
    const field = pathTo({ path: "limits", fields: {} }, name);
    return [{ path: pathTo(requests, name), message: `${asked} is more than ${field} ${most}` }];
  });
}

/** undefined if it is absent or none: that is for the schema to say. */
function quantity(value: unknown): Quantity | undefined {
  return isSet(value) ? parseQuantity(String(value)) : undefined;
}
