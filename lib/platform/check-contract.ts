import * as v from "valibot";
import { Faults } from "../core/faults";
import { addShapeFaults } from "../core/shape-faults";
import { ValidationError } from "../core/validation-error";
import { CONTRACT_VERSION, type PlatformContract } from "./contract";
import { contractSchema } from "./contract-schema";
import { checkContractTexts } from "./contract-texts";
import { checkContractValues } from "./contract-values";
import { checkContractVersion } from "./contract-version";

/** Whose contract is meant. */
export interface ExpectedContract {
  /** @default - any */
  readonly environment?: string;
  /** @default - any */
  readonly accountId?: string;
  /** @default - any */
  readonly region?: string;
}

/**
 * A copy of what should be a contract, without what is not known here.
 *
 * @param path where it comes from, for messages
 * @param renew command that writes it anew
 * @throws {ValidationError} if it is no contract of a version that is known here, or not the one that is meant
 */
export function validContract(
  given: unknown,
  path: string,
  renew: string,
  expected: ExpectedContract = {},
): PlatformContract {
  const faults = new Faults(path);
  const writeAnew = `write it anew with: ${renew}`;
  const isObject = typeof given === "object" && given !== null && !Array.isArray(given);
  faults.check(isObject, "contract", "must be an object", undefined, writeAnew).throwIfAny();
  const unknownKeys = checkContractVersion(faults, Reflect.get(given as object, "contractVersion"), renew);
  faults.throwIfAny();
  // What a newer version has besides keys, such as another word for a level, is no fault of whoever wrote it.
  const isNewer = unknownKeys === "ignored";
  const update = `update cdktf-eks-platform here, which knows ${CONTRACT_VERSION}, or ${writeAnew}`;
  const anew = isNewer ? update : writeAnew;
  if (!checkContractTexts(faults, given)) throwWithFix(faults, path, anew);
  const { issues = [], output } = v.safeParse(contractSchema(unknownKeys), given);
  const contract = output as PlatformContract;
  const others = new Faults(path);
  addShapeFaults(
    others,
    issues,
    (property) => property,
    () => true,
  );
  if (issues.length === 0) checkContractValues(others, contract);
  // What a text is refused for is told once.
  const told = new Set(faults.all.map(({ property }) => property));
  for (const { property, rule, value, fix } of others.all)
    if (!told.has(property)) faults.add(property, rule, value, fix);
  const isMeant = checkExpected(faults, given as object, expected);
  throwWithFix(faults, path, isMeant ? anew : `name the file of ${expected.environment}, or ${anew}`);
  return contract;
}

/** Whether the contract is the one that is meant; adds a fault for everything that tells it is not. */
function checkExpected(faults: Faults, given: object, { environment, accountId, region }: ExpectedContract): boolean {
  const account: unknown = Reflect.get(given, "account");
  const within = typeof account === "object" && account !== null ? account : {};
  const isSame = (property: string, wanted: string | undefined, found: unknown) => {
    // What is no text is a fault of its own.
    const holds = wanted === undefined || typeof found !== "string" || found === wanted;
    faults.check(holds, property, `must be the one that is asked for, ${wanted}`, found);
    return holds;
  };
  const same = [
    isSame("environment", environment, Reflect.get(given, "environment")),
    isSame("account.accountId", accountId, Reflect.get(within, "accountId")),
    isSame("account.region", region, Reflect.get(within, "region")),
  ];
  return same.every((each) => each);
}

/** What mends all of them is said once, at the end. */
function throwWithFix(faults: Faults, path: string, fix: string): void {
  const all = [...faults.all];
  const last = all.pop();
  if (!last) return;
  throw new ValidationError(path, [...all, { ...last, fix: last.fix === undefined ? fix : `${last.fix}; ${fix}` }]);
}
