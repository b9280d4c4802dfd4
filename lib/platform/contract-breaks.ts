import type { PlatformContract } from "./contract";
import { type ContractPromise, isKept, listOf, promisesOf } from "./contract-rules";

/**
 * What a newer contract takes away or changes of an older one, a line each. Empty if it only adds, so that what was written for the older one
 * holds, and no plan with the older one stops. Another Kubernetes, other tags and another package that wrote it break nothing.
 */
export function breaksContract(before: PlatformContract, after: PlatformContract): string[] {
  return promisesOf(before)
    .filter((promise) => !isKept(promise, valueAt(after, promise.path)))
    .flatMap((promise) => linesOf(promise, after));
}

function linesOf({ rule, path, recorded }: ContractPromise, after: PlatformContract): string[] {
  const now = valueAt(after, path);
  const name = path.join(".");
  if (rule === "grows") {
    const gone = listOf(recorded).filter((each) => !listOf(now).includes(each));
    return gone.map((each) => `${name}: ${each} is gone`);
  }
  const [, namespace] = path;
  if (rule === "level" && now === undefined) return [`namespaces.${namespace}: is granted no more`];
  return [`${name}: was ${recorded}, is ${now ?? "gone"}`];
}

function valueAt(contract: PlatformContract, path: readonly string[]): unknown {
  return path.reduce<unknown>((within, key) => {
    const isThere = typeof within === "object" && within !== null && Object.hasOwn(within, key);
    return isThere ? Reflect.get(within, key) : undefined;
  }, contract);
}
