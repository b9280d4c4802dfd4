import type { TerraformStack } from "cdktf";
import { Application } from "../../lib/application/application";
import type {
  ApplicationDatabase,
  ApplicationEnvironment,
  ApplicationOptions,
  ApplicationProps,
} from "../../lib/application/application-props";
import { checkApplication } from "../../lib/application/check-application";
import { Faults } from "../../lib/core/faults";
import { ValidationError } from "../../lib/core/validation-error";
import type { ChartSource } from "../../lib/helm/chart-source";
import { ClusterProviders } from "../../lib/kubernetes/providers";
import { testCluster } from "./cluster";
import { messageOf } from "./errors";
import { network } from "./namespaces";
import { type Synthesized, synthesizeWith, testStack } from "./synth";

export const repository = "111122223333.dkr.ecr.eu-west-3.amazonaws.com/syndromic-surveillance-api";
export const digest = `sha256:${"0123456789abcdef".repeat(4)}`;

/** An application with nothing but what is required. */
export const minimal: ApplicationOptions = {
  applicationName: "surveillance",
  team: "epidemiology",
  image: { repository, tag: "1.4.0" },
};

export const database: ApplicationDatabase = {
  host: "surveillance.db.example.com",
  name: "surveillance",
  user: "api",
  password: { secretName: "surveillance-db" },
  cidrBlocks: ["10.64.8.0/24"],
};

/** Staging, on Kubernetes 1.35, in a VPC of 10.64.0.0/16, without AWS. */
export const environment: ApplicationEnvironment = {
  stage: "staging",
  domain: "staging.example.com",
  kubernetesVersion: "1.35",
  network,
};

export type Given = Partial<ApplicationProps<ChartSource>>;

/** Makes an application in a stack that has a cluster; without AWS unless the environment says another. */
export function anApplication(scope: TerraformStack, given: Given = {}, id = "Application"): Application<ChartSource> {
  return new Application<ChartSource>(scope, id, { ...minimal, environment, ...given });
}

/** A stack with what is built in it, and the providers of a cluster. */
export function withCluster(build: (stack: TerraformStack) => void): Synthesized {
  return synthesizeWith((stack) => {
    new ClusterProviders(stack, "Providers", { cluster: testCluster(stack, "Login") });
    build(stack);
  });
}

/** A stack with one application. */
export function synthesizedApplication(given: Given | ((stack: TerraformStack) => Given) = {}): Synthesized {
  return withCluster((stack) => {
    anApplication(stack, typeof given === "function" ? given(stack) : given);
  });
}

/** The values that its release gets. */
export function valuesOf(stack: Synthesized, releaseName = "surveillance"): unknown {
  const release = Object.values(stack.resources("helm_release")).find(({ name }) => name === releaseName);
  const [text = "null"] = (release?.values ?? []) as string[];
  return JSON.parse(text);
}

/** Why an application is refused. `unknown`: it need not be written in TypeScript. */
export function applicationFault(given: Readonly<Record<string, unknown>>): string {
  return messageOf(() => anApplication(testStack(), given as Given));
}

/** What is given over a minimal application in staging, and the whole message in answer. */
export type RefusedCase = readonly [name: string, given: Readonly<Record<string, unknown>>, message: string];

const RECORD = "stacks/environments.ts";
const PREFIX = "staging.inCluster.applications.surveillance.";

/** Why a record of an application is refused. */
function recordFault(given: Given): string {
  const { environment: facts = environment, ...options } = given;
  const faults = new Faults(RECORD);
  const record = { ...minimal, ...options, namespace: undefined };
  const { stage, domain } = facts;
  checkApplication(faults, record, { stage, domain, onEks: false }, (name) => `${PREFIX}${name}`);
  return new ValidationError(RECORD, faults.all).message;
}

/** Tests that the construct refuses something, and that a record does in the same words, under its own names. */
export function testRefusals(cases: readonly RefusedCase[]): void {
  test.each(cases)("refuses %s", (_, given, message) => {
    expect(applicationFault(given)).toBe(message);
  });
  test.each(cases)("refuses %s, in a record too", (_, given, message) => {
    const told = message.replaceAll(/^'/gm, `'${PREFIX}`).replaceAll("at test/Application", `at ${RECORD}`);
    expect(recordFault(given)).toBe(told);
  });
}
