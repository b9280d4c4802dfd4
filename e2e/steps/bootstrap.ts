import type { Engines } from "../engines/engines";
import { expect } from "../expect";
import { eksPlatform } from "../programs";
import { settings } from "../settings";
import { expectNoChanges, terraformOf } from "../stack";

const { bootstrapStack } = settings;

/** The store is made with a local state, which then moves into the bucket that it made. */
export async function bootstrapFromNothing({ env }: Engines): Promise<string> {
  const { seconds, tail } = await eksPlatform(env, ["bootstrap", bootstrapStack, "--auto-approve"]);
  const last = tail.at(-1) ?? "";
  expect(last.includes("now lies in s3://"), "a state in the bucket", last);
  return `${last} ${seconds.toFixed(0)} s`;
}

/** Run again, the command finds the state in the bucket and has nothing to do. */
export async function bootstrapAgain(engines: Engines): Promise<string> {
  const { tail } = await eksPlatform(engines.env, ["bootstrap", bootstrapStack, "--auto-approve"]);
  expect(
    tail.some((line) => line.includes("0 added, 0 changed, 0 destroyed")),
    "nothing to do",
    tail,
  );
  return expectNoChanges(terraformOf(engines, bootstrapStack));
}

/** The store goes with everything in it. */
export async function teardown({ env }: Engines): Promise<string> {
  const out = terraformBucket();
  const { tail } = await eksPlatform(env, ["bootstrap-teardown", bootstrapStack, "--bucket", out]);
  return tail.find((line) => line.startsWith("Destroy complete!")) ?? "";
}

function terraformBucket(): string {
  return `eks-platform-tfstate-${settings.accountId}-${settings.region}`;
}
