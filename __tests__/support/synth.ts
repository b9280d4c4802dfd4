import { tmpdir } from "node:os";
import { join } from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { type App, LocalBackend, TerraformStack, Testing } from "cdktf";

/** A resource as Terraform reads it. */
export type Body = Readonly<Record<string, unknown>>;

/** A stack's `cdk.tf.json`, in the parts that tests look at. */
export interface Synthesized {
  readonly json: Body;
  /** The resources of a type by logical id; empty if there are none. */
  resources(type: string): Readonly<Record<string, Body>>;
  /** The only resource of a type; throws if there are none or several. */
  only(type: string): Body;
  /** Sorted list of `type.id` of every resource. */
  readonly addresses: readonly string[];
  /** How many resources there are of each type. */
  readonly census: Readonly<Record<string, number>>;
}

/** Synthesises a stack as the CLI would: references resolved, aspects run, validations run. The only place that does. */
export function synthesize(stack: TerraformStack): Synthesized {
  stack.prepareStack();
  const json = JSON.parse(Testing.synth(stack, true)) as Body;
  const byType = (json.resource ?? {}) as Record<string, Record<string, Body>>;
  const resources = (type: string) => byType[type] ?? {};
  return {
    json,
    resources,
    only(type) {
      const [body, ...rest] = Object.values(resources(type));
      if (!body || rest.length > 0) throw new Error(`expected one ${type}, found ${rest.length + (body ? 1 : 0)}`);
      return body;
    },
    addresses: Object.entries(byType)
      .flatMap(([type, ids]) => Object.keys(ids).map((id) => `${type}.${id}`))
      .sort(),
    census: Object.fromEntries(Object.entries(byType).map(([type, ids]) => [type, Object.keys(ids).length])),
  };
}

/** An app whose output folder is the same for all tests: nothing is written to it, and no run leaves a folder of its own. */
export function testApp(): App {
  return Testing.app({ outdir: join(tmpdir(), "cdktf-eks-platform-tests") });
}

/** A stack named `test` with an AWS provider, and a backend whose path does not depend on the machine. */
export function testStack(): TerraformStack {
  const stack = new TerraformStack(testApp(), "test");
  new LocalBackend(stack, { path: "test.tfstate" });
  new AwsProvider(stack, "Aws", { region: "eu-west-3" });
  return stack;
}

/** Builds constructs in a fresh stack and synthesises it. */
export function synthesizeWith(build: (stack: TerraformStack) => void): Synthesized {
  const stack = testStack();
  build(stack);
  return synthesize(stack);
}

/** Parses a policy or another document that a resource holds as text. */
export function parsed(body: Body, attribute: string): unknown {
  return JSON.parse(String(body[attribute]));
}
