import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { awsEnvironments } from "../../../lib/environment/aws-environments";
import { contractOf } from "../../../lib/environment/contract-of";
import type { PlatformContract } from "../../../lib/platform/contract";
import { breaksContract } from "../../../lib/platform/contract-breaks";
import { contractText } from "../../../lib/platform/contract-text";
import { parseContract } from "../../../lib/platform/read-contract";
import { stateLocation } from "../../../lib/state/state-location";
import { platform } from "../../../stacks/environments";
import { account } from "../../support/account";
import { environment } from "../../support/platform";

const RECORDED = "contracts/genomics/staging.json";
const recorded = readFileSync(RECORDED, "utf8");

/** A contract with everything in it, as the first release wrote it: never changed, for teams have such files. */
const FIRST = "__tests__/fixtures/contracts/1.0.json";
const first = readFileSync(FIRST, "utf8");

function shippedContract(): PlatformContract {
  const [store] = platform.stateStores;
  const staging = awsEnvironments(platform).find(({ name }) => name === "staging");
  if (!store || !staging) throw new Error("stacks/environments.ts must describe a state store and staging");
  return contractOf(staging, "genomics", stateLocation(store.account, store.prefix));
}

/** The contract of the same records today. */
function firstOfToday(): PlatformContract {
  const inCluster = {
    namespaces: [{ namespaceName: "genomics" }, { namespaceName: "genomics-jobs" }],
    teams: [
      {
        teamName: "genomics",
        namespaces: ["genomics", "genomics-jobs"],
        contract: {
          trustedPrincipals: ["arn:aws:iam::111122223333:role/GenomicsPipeline"],
          podStatements: [{ Effect: "Allow" as const, Action: "s3:GetObject", Resource: "*" }],
          networkPolicies: "the team opens its own ports",
        },
      },
    ],
    releases: [],
  };
  return contractOf({ ...environment, domain: "test.example.com", inCluster }, "genomics", stateLocation(account));
}

/** Red after a change that teams of other repositories feel. Write the file anew, and tell them. */
test("the contract of staging with genomics is the one that was recorded", () => {
  expect(contractText(shippedContract())).toBe(recorded);
});

/** Red after a change of the library that teams with files of the first release feel. */
test("a file of the first release is read, and what it promises is kept", () => {
  const was = parseContract(first, FIRST, "");
  expect(was.contractVersion).toBe("1.0");
  expect(breaksContract(was, firstOfToday())).toEqual([]);
});

/** What git answers, without the end of the line. Undefined without git, or if it fails. */
function git(...args: string[]): string | undefined {
  const { status, stdout } = spawnSync("git", args, { encoding: "utf8" });
  return status === 0 ? stdout.trimEnd() : undefined;
}

/** What teams have: the file where this branch left the main one, and on the main one that of the commit before. */
function promised(): string | undefined {
  const head = git("rev-parse", "HEAD");
  const base = git("merge-base", "origin/main", "HEAD");
  const isBranch = base !== undefined && base !== head;
  return git("show", `${isBranch ? base : "HEAD^"}:./${RECORDED}`);
}

const before = promised();
const againstGit = before === undefined ? test.skip : test;

/** Red after a change that takes something from teams, even if the file was written anew with it. Skipped where git does not have the file. */
againstGit("what git has promised is not broken, unless its major version says so", () => {
  const [was, is] = [parseContract(before ?? "", RECORDED, ""), shippedContract()];
  const major = ({ contractVersion }: PlatformContract) => Number(contractVersion.split(".")[0]);
  expect(major(is) > major(was) ? [] : breaksContract(was, is)).toEqual([]);
});
