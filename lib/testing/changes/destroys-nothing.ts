import { immutableMarks } from "../../render/diff/immutable-fields";
import type { KubernetesObject } from "../../render/objects/kubernetes-object";
import { PLATFORM_KINDS } from "../../render/stack/platform-kinds";
import { platformObjects } from "../../render/stack/platform-objects";
import type { Body } from "../../render/stack/stack-file";
import { CheckFailed } from "../check-failed";
import { isUpdating, RENEW, readRecorded, writeRecorded } from "../recording/recorded-file";
import { isSnapshot, recordedText } from "../snapshot/snapshot";
import { isStack } from "../stack/read-output";
import type { StackUnderTest } from "../stack/stack-under-test";
import { type StackInput, synthesize } from "../stack/synthesize";
import { givenText } from "../values/given-text";
import { withoutSecrets } from "../values/hide-secrets";
import { jsonIn } from "../values/json-text";
import { assertKnownKeys, type KeysOf } from "../values/known-keys";
import { goneInstances, type Loss } from "./gone-instances";
import { bodyAt, splitAddress } from "./instances";
import { type Moves, movesOf } from "./moves";
import { isSamePlace, type ProviderOf, placeChanges, providerOf } from "./provider-place";
import { type Replacement, replacements } from "./replaced-by";
import { stateChanges } from "./state-place";

/** What may be destroyed all the same. */
export interface DestroyOptions {
  /**
   * Addresses, as the message tells them, that may be destroyed or replaced. Each must be one that is.
   *
   * @default - none
   */
  readonly allow?: readonly string[];
}

const OPTIONS: KeysOf<DestroyOptions> = { allow: true };

/**
 * Makes sure that nothing which was in the stack would be destroyed: that every resource is still at its address, or follows a `moved` block, or
 * is only forgotten by a `removed` block with `destroy = false`; that no attribute changed which Terraform is known to replace a resource for;
 * and that the state and the providers are in the same place. The list of such attributes is one of those that this library makes, not all there
 * are: `terraform plan` knows them all. Of `count` and `for_each` only what is written out is known.
 *
 * @param before The stack as it was: an output folder, a `cdk.tf.json`, its parsed JSON, what `snapshotOf` answered, or a recorded `.json` file,
 * which EKS_PLATFORM_UPDATE=1 writes and renews. A snapshot has no account ids: against one, another account is not seen
 * @throws {CheckFailed} with a line for each resource that would be destroyed; if Terraform refuses a `moved` block
 * @throws {Error} if there was no resource before, or nothing would happen to an address of `allow`; in CI, if a file is to be renewed
 * @example
 * destroysNothingSince(stack, "recorded/staging.json");
 */
export function destroysNothingSince(stack: StackInput, before: StackInput, options: DestroyOptions = {}): void {
  if (typeof before !== "string" && (typeof before !== "object" || before === null))
    throw new Error(
      `'before' must be the stack as it was, got ${givenText(before)}; for example "recorded/staging.json"`,
    );
  assertOptions(options);
  const { allow = [] } = options;
  const given = synthesize(stack);
  if (isRecordedFile(before)) {
    if (isUpdating()) {
      writeRecorded(before, `${recordedText(given)}\n`);
      return;
    }
  }
  const recorded = isRecordedFile(before) ? recordedStack(before) : before;
  const [old, now] = comparable(synthesize(recorded, given.name), given);
  if (old.addresses.length === 0) throw new Error(`${old.name} had no resources before: nothing can be compared`);
  const found = lossesOf(old, now);
  const unused = allow.filter((address) => !found.some((loss) => loss.address === address));
  if (unused.length > 0) throw new Error(`'allow' must name what is destroyed, got ${unused.join(", ")}; remove it`);
  const open = found.filter(({ address }) => !allow.includes(address));
  if (open.length === 0) return;
  const lines = open.map(({ address, why }) => `  ${address} ${why}`);
  throw new CheckFailed([`Terraform would destroy in ${now.name}:`, ...lines].join("\n"));
}

function assertOptions(options: unknown): asserts options is DestroyOptions {
  if (typeof options !== "object" || options === null || Array.isArray(options))
    throw new Error(`'options' must be an object, got ${givenText(options)}; write { allow: [...] }`);
  assertKnownKeys("options", options, OPTIONS);
  const { allow = [] } = options as DestroyOptions;
  if (!Array.isArray(allow))
    throw new Error(`'allow' must be a list of addresses, got ${givenText(allow)}; write [...]`);
}

/** A file that a merge or a stopped run left broken is not what synth writes: it is renewed by the test. */
function recordedStack(file: string): object {
  const json = jsonIn(readRecorded(file));
  if (json && isStack(json)) return json;
  throw new Error(`${file} is not the whole record of a stack; ${RENEW}`);
}

/** A snapshot is compared with another one. Its accounts have numbers, which are others as soon as an account is added: they do not count. */
function comparable(old: StackUnderTest, now: StackUnderTest): [StackUnderTest, StackUnderTest] {
  if (!isSnapshot(old.json) && !isSnapshot(now.json)) return [old, now];
  const blind = (stack: StackUnderTest) =>
    synthesize(JSON.parse(recordedText(stack).replaceAll(/<account-\d+>/g, "<account>")) as object);
  return [blind(old), blind(now)];
}

function lossesOf(old: StackUnderTest, now: StackUnderTest): Loss[] {
  const moves = movesOf(now);
  const [objectsBefore, objectsNow] = [objectsOf(old), objectsOf(now)];
  const inPlace = old.addresses.flatMap((address): Loss[] => {
    const gone = goneInstances(address, old, now, moves);
    if (gone.length > 0) return gone;
    const place = placeOf(address, now, moves);
    const [type = ""] = place.split(".");
    const [before, after] = [bodyAt(old, address), bodyAt(now, place)];
    if (type === "module" || !before || !after) return [];
    const changed = replacements(type, moves.followed(before) as Body, after).map(
      (change) => `is replaced: ${changeText(change)}`,
    );
    const fixed = fixedFields(objectsBefore.get(address), objectsNow.get(place), moves);
    const elsewhere = otherProvider(providerOf(old, type, before), providerOf(now, type, after));
    return [...changed, ...fixed, ...elsewhere].map((why) => ({ address, why }));
  });
  return [...stateLosses(old, now), ...providerLosses(old, now, moves), ...inPlace];
}

/** Where a resource is now, or else the first of its instances that has gone its own way. */
function placeOf(address: string, now: StackUnderTest, moves: Moves): string {
  const places = [address, ...moves.movedInstances(address)].map((each) => splitAddress(moves.now(each))[0]);
  return places.find((place) => bodyAt(now, place)) ?? address;
}

function stateLosses(old: StackUnderTest, now: StackUnderTest): Loss[] {
  const changes = stateChanges(old, now);
  if (changes.length === 0) return [];
  const why = `is another one: ${changes.map(changeText).join(", ")}; without its state Terraform makes everything anew`;
  return [{ address: "terraform.backend", why }];
}

/** A provider of the same name that looks elsewhere finds nothing of what it made. */
function providerLosses(old: StackUnderTest, now: StackUnderTest, moves: Moves): Loss[] {
  const pairs = new Map<string, readonly [ProviderOf, ProviderOf]>();
  for (const address of old.addresses) {
    const [before, after] = [bodyAt(old, address), bodyAt(now, placeOf(address, now, moves))];
    if (address.startsWith("module.") || !before || !after) continue;
    const type = address.replace(/\..*/s, "");
    const [one, other] = [providerOf(old, type, before), providerOf(now, type, after)];
    if (one.name === other.name) pairs.set(one.name, [one, other]);
  }
  return [...pairs.values()].flatMap(([before, after]) => {
    const changes = placeChanges(moves.followed(before.block) as Body | undefined, after.block);
    if (changes.length === 0) return [];
    const why = `looks elsewhere: ${changes.map(changeText).join(", ")}; it finds none of its resources there and makes them anew`;
    return [{ address: `provider.${before.name}`, why }];
  });
}

function otherProvider(before: ProviderOf, after: ProviderOf): string[] {
  if (before.name === after.name || isSamePlace(before.block, after.block)) return [];
  return [`is of another provider: ${before.name} → ${after.name}, which looks elsewhere or may do so`];
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

function changeText({ attribute, from, to }: Replacement): string {
  return `${attribute} ${shown(attribute, from)} → ${shown(attribute, to)}`;
}

function shown(attribute: string, value: unknown): string {
  return value === undefined ? "nothing" : JSON.stringify(withoutSecrets(value, attribute));
}

/** A file of its own, and not one that synth writes. */
function isRecordedFile(before: StackInput): before is string {
  return typeof before === "string" && before.endsWith(".json") && !before.endsWith(".tf.json");
}
