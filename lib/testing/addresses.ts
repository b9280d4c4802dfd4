import { CheckFailed } from "./check-failed";
import { movesOf } from "./moves";
import { isUpdating, readRecorded, UPDATE_VARIABLE, writeRecorded } from "./recorded-file";
import { type StackInput, synthesize } from "./synthesize";

/**
 * Makes sure that the stack has the recorded addresses and no others. An address that changes is a resource that is destroyed and made again,
 * unless a `moved` block says where it went: then the new address counts as recorded.
 *
 * @param file A text with an address in each line, from the folder that the tests run in. EKS_PLATFORM_UPDATE=1 writes and renews it
 * @throws {CheckFailed} with a line for each address that is gone or new
 * @throws {Error} if the file is not there; in CI, if it is to be renewed
 * @example
 * addressesUnchanged(stack, "recorded/staging.addresses");
 */
export function addressesUnchanged(stack: StackInput, file: string): void {
  const tested = synthesize(stack);
  const { name, addresses } = tested;
  if (isUpdating()) {
    writeRecorded(
      file,
      addresses
        .map(
          (address) => `${address}
`,
        )
        .join(""),
    );
    return;
  }
  const lines = readRecorded(file).split(/\r?\n/);
  const recorded = lines.map((line) => line.trim()).filter((line) => line !== "");
  if (recorded.length === 0 && addresses.length > 0)
    throw new Error(`${file} has no address in it; renew it with ${UPDATE_VARIABLE}=1`);
  const moves = movesOf(tested);
  const expected = new Set(recorded.map((address) => (addresses.includes(address) ? address : moves.now(address))));
  const gone = recorded.filter((address) => !addresses.includes(address) && !addresses.includes(moves.now(address)));
  const fresh = addresses.filter((address) => !expected.has(address));
  if (gone.length + fresh.length === 0) return;
  throw new CheckFailed(
    [
      `the addresses of ${name} are not those of ${file}:`,
      ...gone.map((address) => `  - ${address}`),
      ...fresh.map((address) => `  + ${address}`),
      gone.length > 0
        ? `what is gone is destroyed: keep its construct's path, or add a moved block; if it is meant, renew the file with ${UPDATE_VARIABLE}=1`
        : `renew the file with ${UPDATE_VARIABLE}=1`,
    ].join("\n"),
  );
}
