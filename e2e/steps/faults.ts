import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Engines } from "../engines/engines";
import { freePorts } from "../engines/waiting";
import { expect } from "../expect";
import { stackFolder } from "../programs";
import { pullState, terraformOf } from "../stack";

/** EC2 does not answer: the deploy ends with an error, and the state is as it was. */
export async function endpointDown(engines: Engines): Promise<string> {
  const before = await pullState(terraformOf(engines, "staging"));
  const [port] = await freePorts(1);
  const env = { AWS_ENDPOINT_URL_EC2: `http://127.0.0.1:${port}`, AWS_MAX_ATTEMPTS: "2" };
  const { exitCode, tail, seconds } = await terraformOf(engines, "staging", { env }).apply();
  const said = tail.join("\n");
  expect(exitCode === 1 && said.includes("connection refused"), "an error that says so", said);
  const after = await pullState(terraformOf(engines, "staging"));
  expect(after === before, "an unchanged state", "another state");
  return `"connection refused" after ${seconds.toFixed(0)} s; the state is as before`;
}

const OTHER_ACCOUNT = "444455556666";

/** A role of another account is refused before anything is planned. */
export async function wrongAccountIsRefused(engines: Engines): Promise<string> {
  const file = join(stackFolder("staging"), "wrong_account_override.tf.json");
  const assumeRole = [{ role_arn: `arn:aws:iam::${OTHER_ACCOUNT}:role/platform-deploy` }];
  writeFileSync(file, JSON.stringify({ provider: { aws: [{ assume_role: assumeRole }] } }));
  try {
    const { exitCode, tail } = await terraformOf(engines, "staging").plan();
    const said = tail.join("\n");
    expect(exitCode === 1 && said.includes(`AWS account ID not allowed: ${OTHER_ACCOUNT}`), "a refusal", said);
    return `AWS account ID not allowed: ${OTHER_ACCOUNT}`;
  } finally {
    rmSync(file);
  }
}
