import { givenText, isText } from "../values/given-text";
import { assertKnownKeys, type KeysOf } from "../values/known-keys";
import type { ObjectInCluster } from "./object-in-cluster";

const KEYS: KeysOf<ObjectInCluster> = { kind: true, name: true, namespace: true, release: true };

/**
 * Makes sure that an object is named as it can be: of what has no name in any cluster, such as an empty one, there is none.
 *
 * @throws {Error} if it is not
 */
export function assertObject(asked: unknown): asserts asked is ObjectInCluster {
  if (typeof asked !== "object" || asked === null || Array.isArray(asked))
    throw new Error(`'object' must be an object such as { kind: "Ingress", name: "api" }, got ${givenText(asked)}`);
  const { kind, name, namespace, release } = asked as Readonly<Record<string, unknown>>;
  if (!isText(kind)) throw new Error(`'kind' must be the kind of an object, such as "Ingress", got ${givenText(kind)}`);
  assertKnownKeys("object", asked, KEYS);
  if ("name" in asked && !isText(name))
    throw new Error(`'name' must be a text, got ${givenText(name)}; leave it out if every ${kind} is meant`);
  if (namespace !== undefined && !isText(namespace))
    throw new Error(`'namespace' must be a text, got ${givenText(namespace)}; leave it out if any is meant`);
  if (release !== undefined && !isText(release))
    throw new Error(`'release' must be a text, got ${givenText(release)}; leave it out if any is meant`);
}
