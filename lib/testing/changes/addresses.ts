import { CheckFailed } from "../check-failed";
import { isUpdating, readRecorded, UPDATE_VARIABLE, writeRecorded } from "../recording/recorded-file";
import { type StackInput, synthesize } from "../stack/synthesize";
import { livingAddresses, splitAddress } from "./instances";
import { type Moves, movesOf } from "./moves";

/**
 * Makes sure that the stack has the recorded addresses and no others. An address that changes is a resource that is destroyed and made again,
 * unless a `moved` block says where it went: then the new address counts as recorded. A resource with `count: 0` is none.
 *
 * @param file A text with an address in each line, from the folder that the tests run in. EKS_PLATFORM_UPDATE=1 writes and renews it
 * @throws {CheckFailed} with a line for each address that is gone or new; if Terraform refuses a `moved` block
 * @throws {Error} if the file is not there; in CI, if it is to be renewed
 * @example
 * addressesUnchanged(stack, "recorded/staging.addresses");
 */
export function addressesUnchanged(stack: StackInput, file: string): void {
  const tested = synthesize(stack);
  const addresses = livingAddresses(tested);
  if (isUpdating()) {
    writeRecorded(file, addresses.map((address) => `${address}\n`).join(""));
    return;
  }
  const lines = readRecorded(file).split(/\r?\n/);
  const recorded = lines.map((line) => line.trim()).filter((line) => line !== "");
  if (recorded.length === 0 && addresses.length > 0)
    throw new Error(`${file} has no address in it; renew it with ${UPDATE_VARIABLE}=1`);
  const moves = movesOf(tested);
  const followed = recorded.map((address) => ({ address, ...followedTo(address, moves, recorded) }));
  const expected = new Set(followed.flatMap(({ address, places }) => [address, ...places]));
  const gone = followed.filter(
    ({ address, places }) => ![address, ...places].some((place) => addresses.includes(place)),
  );
  const fresh = addresses.filter((address) => !expected.has(address));
  if (gone.length + fresh.length === 0) return;
  throw new CheckFailed(
    [
      `the addresses of ${tested.name} are not those of ${file}:`,
      ...gone.map(
        ({ address, taken }) => `  - ${address}${taken ? `, moved to ${taken}, which was there before` : ""}`,
      ),
      ...fresh.map((address) => `  + ${address}`),
      gone.length > 0
        ? `what is gone is destroyed: keep its construct's path, or add a moved block; if it is meant, renew the file with ${UPDATE_VARIABLE}=1`
        : `renew the file with ${UPDATE_VARIABLE}=1`,
    ].join("\n"),
  );
}

/** Where a resource is now, and its instances: addresses in the file have no keys. */
function followedTo(
  address: string,
  moves: Moves,
  recorded: readonly string[],
): { places: readonly string[]; taken: string | undefined } {
  const wasThere = (place: string) => splitAddress(place)[0] !== address && recorded.includes(splitAddress(place)[0]);
  const ways = [address, ...moves.movedInstances(address)];
  const open = ways.filter((way) => moves.blockedAt(way, wasThere) === undefined);
  const places = open.map((way) => splitAddress(moves.now(way))[0]);
  return { places, taken: moves.blockedAt(address, wasThere) };
}
