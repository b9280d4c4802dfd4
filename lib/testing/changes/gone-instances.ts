import type { StackUnderTest } from "../stack/stack-under-test";
import { bodyAt, hasInstance, instanceKeys, repetitionOf, splitAddress } from "./instances";
import type { Moves } from "./moves";

/** Something that Terraform would destroy. */
export interface Loss {
  readonly address: string;
  readonly why: string;
}

/** The instances of a resource that are there no more; with its own address if all are gone for the same reason. */
export function goneInstances(address: string, old: StackUnderTest, now: StackUnderTest, moves: Moves): Loss[] {
  const before = bodyAt(old, address) ?? {};
  const keys = instanceKeys(before) ?? knownKeys(address, old, now, moves);
  const found = keys.map((key): Loss => ({ address: `${address}${key}`, why: whyGone(address, key, old, now, moves) }));
  const gone = found.filter(({ why }) => why !== "");
  const [first] = gone;
  if (first && gone.length === found.length && gone.every(({ why }) => why === first.why))
    return [{ address, why: first.why }];
  return gone;
}

/** Only a plan knows which instances there were. One stands for all, if none is moved on its own. */
function knownKeys(address: string, old: StackUnderTest, now: StackUnderTest, moves: Moves): readonly string[] {
  const moved = moves.movedInstances(address).map((from) => splitAddress(from)[1]);
  if (moved.length > 0) return moved;
  if (repetitionOf(bodyAt(old, address) ?? {}) === "count") return ["[0]"];
  const after = bodyAt(now, splitAddress(moves.now(address))[0]);
  const keys = after && instanceKeys(after);
  // Any of those that there are now may have been there: the rest is for a plan.
  return after && repetitionOf(after) === "for_each" && keys && keys.length > 0 ? keys : ['["…"]'];
}

/** Empty if the instance stays. */
function whyGone(address: string, key: string, old: StackUnderTest, now: StackUnderTest, moves: Moves): string {
  const from = `${address}${key}`;
  const to = moves.now(from);
  const [place, placeKey] = splitAddress(to);
  const body = bodyAt(now, place);
  if (!body) return moves.isForgotten(from) ? "" : goneText(address, place);
  const type = place.replace(/\..*/s, "");
  if (!address.startsWith(`${type}.`)) return `becomes ${place}, which is another type`;
  const taken = moves.blockedAt(from, (each) => wasThere(each, address, old));
  if (taken !== undefined) return `is moved to ${taken}, which was there before: Terraform moves nothing there`;
  return hasInstance(body, placeKey) ? "" : unrepeatedText(body, repetitionOf(bodyAt(old, address) ?? {}));
}

function wasThere(place: string, address: string, old: StackUnderTest): boolean {
  const [base, key] = splitAddress(place);
  const body = bodyAt(old, base);
  if (!body) return false;
  const keys = instanceKeys(body);
  return base === address ? keys?.includes(key) === true : keys?.length !== 0;
}

function goneText(address: string, place: string): string {
  const gone = address === place ? "is not in the stack any more" : `is moved to ${place}, which is not in the stack`;
  return `${gone}; keep its construct's path, or say where it went in a moved block, or that it stays in a removed one`;
}

/** Why a resource that is in the stack has not this instance. */
function unrepeatedText(body: Readonly<Record<string, unknown>>, before: string | undefined): string {
  const repetition = repetitionOf(body);
  if (instanceKeys(body)?.length === 0)
    return `has no instance any more: ${repetition} is ${repetition === "count" ? "0" : "empty"}`;
  if (repetition === before) return `is not in ${repetition} any more`;
  const change = repetition ? `has ${repetition} now` : `has no ${before} any more`;
  return `${change}, so its address is another one; say in a moved block which instance it is`;
}
