import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Engines } from "../engines/engines";
import { expect } from "../expect";
import { bootstrapEnvironment, bootstrapFolder, eksPlatform, installed, PROJECT, stackFolder } from "../programs";
import { settings } from "../settings";
import { expectNoChanges, terraformOf } from "../stack";

const { bootstrapStack } = settings;

/** Ctrl-C while buckets are being made: the command ends, cleans up behind itself, and keeps what Terraform knows. */
export async function bootstrapInterrupted({ env }: Engines): Promise<string> {
  const args = ["lib/cli/eks-platform.ts", "bootstrap", bootstrapStack, "--auto-approve"];
  const child = spawn(installed("tsx"), args, {
    cwd: PROJECT,
    // A group of its own takes the signal as the processes of a terminal do.
    detached: true,
    env: { ...process.env, CHECKPOINT_DISABLE: "1", ...env, ...bootstrapEnvironment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let sent = false;
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", (line) => {
      said.push(line);
      if (sent || !line.includes("Still creating...") || child.pid === undefined) return;
      sent = process.kill(-child.pid, "SIGINT");
    });
  }
  const exitCode = await new Promise<number | null>((done) => child.once("close", done));
  expect(sent && exitCode !== 0, "a command that Ctrl-C ended", said.slice(-20).join("\n"));
  const left = readdirSync(stackFolder(bootstrapStack)).filter((file) => file.includes("override"));
  expect(left.length === 0, "no override left behind", left);
  const { resources } = JSON.parse(readFileSync(join(bootstrapFolder, `${bootstrapStack}.tfstate`), "utf8")) as {
    resources: object[];
  };
  expect(resources.length > 0, "a local state with what was made", resources);
  return `${resources.length} resources in the local state, nothing else left behind`;
}

/** The store is made with a local state, which then moves into the bucket that it made; after an interruption it goes on. */
export async function bootstrapToTheEnd({ env }: Engines): Promise<string> {
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
