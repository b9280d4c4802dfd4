import { immutableMarks } from "../render/diff/immutable-fields";
import type { KubernetesObject } from "../render/objects/kubernetes-object";
import { PLATFORM_KINDS } from "../render/stack/platform-kinds";
import { platformObjects } from "../render/stack/platform-objects";
import type { Body } from "../render/stack/stack-file";
import { CheckFailed } from "./check-failed";
import { withoutSecrets } from "./hide-secrets";
import { type Moves, movesOf } from "./moves";
import { isUpdating, readRecorded, writeRecorded } from "./recorded-file";
import { replacements } from "./replaced-by";
import { isSnapshot, snapshotText } from "./snapshot";
import type { StackUnderTest } from "./stack-under-test";
import { type StackInput, synthesize } from "./synthesize";

/** What may be destroyed all the same. */
export interface DestroyOptions {
  /**
   * Addresses, as they were before, that may be destroyed or replaced. Each must be one that is.
   *
   * @default - none
   */
  readonly allow?: readonly string[];
}

/**
 * Makes sure that nothing which was in the stack would be destroyed: that every resource is still at its address, or follows a `moved` block, or
 * is only forgotten by a `removed` block with `destroy = false`; and that no attribute changed which Terraform is known to replace a resource for.
 * The list of such attributes is one of those that this library makes, not all there are: `terraform plan` knows them all. Single instances of
 * `count` and `for_each` are not looked at.
 *
 * @param before The stack as it was: an output folder, a `cdk.tf.json`, its parsed JSON, what `snapshotOf` answered, or a recorded `.json` file,
 * which EKS_PLATFORM_UPDATE=1 writes and renews. A snapshot has no account ids: against one, another account is not seen
 * @throws {CheckFailed} with a line for each resource that would be destroyed
 * @throws {Error} if there was no resource before, or nothing would happen to an address of `allow`; in CI, if a file is to be renewed
 * @example
 * destroysNothingSince(stack, "recorded/staging.json");
 */
export function destroysNothingSince(stack: StackInput, before: StackInput, { allow = [] }: DestroyOptions = {}): void {
  const given = synthesize(stack);
  if (isRecordedFile(before)) {
    if (isUpdating()) {
      writeRecorded(before, `${snapshotText(given)}\n`);
      return;
    }
    readRecorded(before);
  }
  const [old, now] = comparable(synthesize(before, given.name), given);
  if (old.addresses.length === 0) throw new Error(`${old.name} had no resources before: nothing can be compared`);
  const found = lossesOf(old, now);
  const unused = allow.filter((address) => !found.some((loss) => loss.address === address));
  if (unused.length > 0) throw new Error(`'allow' must name what is destroyed, got ${unused.join(", ")}; remove it`);
  const open = found.filter(({ address }) => !allow.includes(address));
  if (open.length === 0) return;
  const lines = open.map(({ address, why }) => `  ${address} ${why}`);
  throw new CheckFailed([`Terraform would destroy in ${now.name}:`, ...lines].join("\n"));
}

/** A snapshot is compared with another one. Its accounts have numbers, which are others as soon as an account is added: they do not count. */
function comparable(old: StackUnderTest, now: StackUnderTest): [StackUnderTest, StackUnderTest] {
  if (!isSnapshot(old.json) && !isSnapshot(now.json)) return [old, now];
  const blind = (stack: StackUnderTest) =>
    synthesize(JSON.parse(snapshotText(stack).replaceAll(/<account-\d+>/g, "<account>")) as object);
  return [blind(old), blind(now)];
}

interface Loss {
  readonly address: string;
  readonly why: string;
}

function lossesOf(old: StackUnderTest, now: StackUnderTest): Loss[] {
  const moves = movesOf(now);
  const [objectsBefore, objectsNow] = [objectsOf(old), objectsOf(now)];
  return old.addresses.flatMap((address): Loss[] => {
    const place = moves.now(address);
    if (!now.addresses.includes(place)) {
      return moves.isForgotten(address) ? [] : [{ address, why: goneText(address, place) }];
    }
    const [type = "", id = ""] = place.split(".");
    if (type === "module") return [];
    if (!address.startsWith(`${type}.`)) return [{ address, why: `becomes ${place}, which is another type` }];
    const [before, after] = [bodyAt(old, address), now.resources(type)[id] ?? {}];
    const changed = replacements(type, moves.followed(before) as Body, after).map(
      ({ attribute, from, to }) => `is replaced: ${attribute} ${shown(attribute, from)} → ${shown(attribute, to)}`,
    );
    const fixed = fixedFields(objectsBefore.get(address), objectsNow.get(place), moves);
    return [...changed, ...fixed].map((why) => ({ address, why }));
  });
}

function goneText(address: string, place: string): string {
  const gone = address === place ? "is not in the stack any more" : `is moved to ${place}, which is not in the stack`;
  return `${gone}; keep its construct's path, or say where it went in a moved block, or that it stays in a removed one`;
}

function bodyAt(stack: StackUnderTest, address: string): Body {
  const [type = "", id = ""] = address.split(".");
  return stack.resources(type)[id] ?? {};
}

/** Fields of Kubernetes that cannot be changed: the provider replaces the object, or fails. */
function fixedFields(
  before: KubernetesObject | undefined,
  after: KubernetesObject | undefined,
  moves: Moves,
): string[] {
  if (!before || !after) return [];
  return immutableMarks(moves.followed(before) as KubernetesObject, after).flatMap((mark) =>
    mark.mark === "immutable" ? [`is replaced: ${mark.path} cannot be changed`] : [],
  );
}

/** The objects that Terraform makes in the cluster, by address. `platformObjects` keeps the order of resources. */
function objectsOf({ allResources }: StackUnderTest): ReadonlyMap<string, KubernetesObject> {
  const addresses = Object.entries(allResources)
    .filter(([type]) => PLATFORM_KINDS[type])
    .flatMap(([type, bodies]) => Object.keys(bodies).map((id) => `${type}.${id}`));
  const { objects } = platformObjects(allResources);
  return new Map(objects.map(({ object }, index) => [addresses[index] ?? "", object]));
}

function shown(attribute: string, value: unknown): string {
  return value === undefined ? "nothing" : JSON.stringify(withoutSecrets(value, attribute));
}

/** A file of its own, and not one that synth writes. */
function isRecordedFile(before: StackInput): before is string {
  return typeof before === "string" && before.endsWith(".json") && !before.endsWith(".tf.json");
}
