import { Token } from "cdktf";
import * as v from "valibot";
import { Faults } from "../core/faults";
import { addShapeFaults } from "../core/shape-faults";
import type { PlatformContract } from "./contract";
import { contractSchema } from "./contract-schema";
import { checkContractValues } from "./contract-values";
import { checkContractVersion } from "./contract-version";

/**
 * A copy of what should be a contract, without what is not known here.
 *
 * @param path where it comes from, for messages
 * @param renew command that writes it anew
 * @throws {ValidationError} if it is no contract of a version that is known here
 */
export function validContract(given: unknown, path: string, renew: string): PlatformContract {
  const faults = new Faults(path);
  const anew = `write it anew with: ${renew}`;
  const isObject = typeof given === "object" && given !== null && !Array.isArray(given);
  faults.check(isObject, "contract", "must be an object", undefined, anew).throwIfAny();
  const isKnown = !Token.isUnresolved(JSON.stringify(given));
  faults.check(isKnown, "contract", "must be known at synth, got a token", undefined, anew).throwIfAny();
  const unknownKeys = checkContractVersion(faults, Reflect.get(given as object, "contractVersion"), renew);
  faults.throwIfAny();
  const { issues = [], output } = v.safeParse(contractSchema(unknownKeys), given);
  addShapeFaults(
    faults,
    issues,
    (property) => property,
    () => true,
  );
  faults.throwIfAny();
  const contract = output as PlatformContract;
  checkContractValues(faults, contract);
  faults.throwIfAny();
  return contract;
}
