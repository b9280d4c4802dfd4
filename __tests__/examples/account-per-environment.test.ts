import { TerraformStack } from "cdktf";
import { checkDeliveries } from "../../examples/account-per-environment/check-deliveries";
import { type Delivery, deliveries, store } from "../../examples/account-per-environment/environments";
import { addStacks } from "../../examples/account-per-environment/stacks";
import type { Statement } from "../../lib/core/policy-document";
import { messageOf } from "../support/errors";
import { allows } from "../support/iam";
import { type Body, type Synthesized, synthesize, testApp } from "../support/synth";

const stacks = synthesized();

function synthesized(): Record<string, Synthesized> {
  const app = testApp();
  addStacks(app, {});
  const all = app.node.children.filter(TerraformStack.isStack);
  return Object.fromEntries(all.map((stack) => [stack.node.id, synthesize(stack)]));
}

function stack(name: string): Synthesized {
  const found = stacks[name];
  if (!found) throw new Error(`there is no stack ${name}`);
  return found;
}

interface Identities {
  readonly terraform: { readonly backend: { readonly s3: Body & { readonly assume_role?: Body } } };
  readonly provider: Readonly<Record<string, readonly Body[]>>;
}

/** Account and role of whatever in a stack logs in somewhere. */
function identities(name: string) {
  const { terraform, provider } = stack(name).json as unknown as Identities;
  const [aws] = provider.aws ?? [];
  const [assumed] = (aws?.assume_role ?? []) as Body[];
  const [kubernetes] = provider.kubernetes ?? [];
  const [exec] = (kubernetes?.exec ?? []) as { readonly args: readonly string[] }[];
  return {
    bucket: terraform.backend.s3.bucket,
    key: terraform.backend.s3.key,
    state: terraform.backend.s3.assume_role?.role_arn,
    accounts: aws?.allowed_account_ids,
    aws: assumed?.role_arn,
    cluster: exec?.args[exec.args.indexOf("--role-arn") + 1],
  };
}

const bucket = "eks-platform-tfstate-111122223333-eu-west-3";

test("one state store, the pipelines' roles, and two stacks for each environment", () => {
  expect(Object.keys(stacks).sort()).toEqual(["account-dev", "account-prod", "bootstrap", "delivery", "dev", "prod"]);
});

test.each([
  ["dev", "444455556666"],
  ["prod", "777788889999"],
])(
  "%s works in its own account, in AWS and in the cluster, and reaches its state by a role of its own",
  (name, accountId) => {
    expect(identities(name)).toEqual({
      bucket,
      key: `stacks/${name}/terraform.tfstate`,
      state: `arn:aws:iam::111122223333:role/state-${name}`,
      accounts: [accountId],
      aws: `arn:aws:iam::${accountId}:role/platform-deploy`,
      cluster: `arn:aws:iam::${accountId}:role/platform-deploy`,
    });
    expect(identities(`account-${name}`)).toEqual({
      bucket,
      key: `stacks/account-${name}/terraform.tfstate`,
      state: undefined, // whoever administers the accounts administers the store
      accounts: [accountId],
      aws: `arn:aws:iam::${accountId}:role/OrganizationAccountAccessRole`,
      cluster: undefined,
    });
  },
);

test.each(["bootstrap", "delivery"])("%s is applied in the tooling account by its administrator", (name) => {
  expect(identities(name)).toEqual({
    bucket,
    key: `stacks/${name}/terraform.tfstate`,
    state: undefined,
    accounts: ["111122223333"],
    aws: undefined,
    cluster: undefined,
  });
});

test.each([
  ["dev", ["777788889999", "role/state-prod", "role/ci-prod", "role/runner-prod"]],
  ["prod", ["444455556666", "role/state-dev", "role/ci-dev", "role/runner-dev"]],
])("nothing of %s names an account or a role of the other environment", (name, others) => {
  for (const each of [name, `account-${name}`]) {
    const text = JSON.stringify(stack(each).json);
    expect(others.filter((other) => text.includes(other))).toEqual([]);
  }
});

/** The inline policy of a role, and who may assume it, by the name of the role. */
function role(name: string, of: Synthesized) {
  const [id, body] = Object.entries(of.resources("aws_iam_role")).find(([, each]) => each.name === name) ?? [];
  if (!id || !body) throw new Error(`there is no role ${name}`);
  const [policy, ...others] = Object.values(of.resources("aws_iam_role_policy")).filter(
    (each) => each.role === `\${aws_iam_role.${id}.name}`,
  );
  expect(others).toEqual([]);
  const statements = (text: unknown) => (JSON.parse(String(text)) as { Statement: Statement[] }).Statement;
  return { id, trust: statements(body.assume_role_policy), statements: statements(policy?.policy) };
}

describe.each(["dev", "prod"])("the roles of %s", (name) => {
  const other = name === "dev" ? "prod" : "dev";
  const delivery = deliveries.find(({ config }) => config.name === name);
  const ci = role(`ci-${name}`, stack("delivery"));
  const state = role(`state-${name}`, stack("delivery"));

  test("only its runners begin, only its pipeline goes on", () => {
    const runner = `arn:aws:iam::111122223333:role/runner-${name}`;
    const trusts = (principal: string) => [
      { Effect: "Allow", Principal: { AWS: [principal] }, Action: "sts:AssumeRole" },
    ];
    expect(ci.trust).toEqual(trusts(runner));
    expect(state.trust).toEqual(trusts(`\${aws_iam_role.${ci.id}.arn}`));
    const deploy = role("platform-deploy", stack(`account-${name}`));
    expect(deploy.trust).toEqual(trusts(`arn:aws:iam::111122223333:role/ci-${name}`));
  });

  test("the pipeline may become its deploy role and its state role, and nothing else", () => {
    const may = (roleArn = "") => allows(ci.statements, "sts:AssumeRole", roleArn);
    expect(may(delivery?.config.account.deployRoleArn)).toBe(true);
    expect(may(delivery?.config.state.roleArn)).toBe(true);
    for (const { config, ciRoleArn, adminRoleArn } of deliveries) {
      expect(may(ciRoleArn)).toBe(false);
      expect(may(adminRoleArn)).toBe(false);
      expect(may(config.account.deployRoleArn)).toBe(config.name === name);
      expect(may(config.state.roleArn)).toBe(config.name === name);
    }
    expect(allows(ci.statements, "s3:GetObject", `arn:aws:s3:::${bucket}/stacks/${name}/terraform.tfstate`)).toBe(
      false,
    );
  });

  test("the state role reads and writes its own state and lock, and reaches no other", () => {
    const may = (action: string, key: string) => allows(state.statements, action, `arn:aws:s3:::${bucket}/${key}`);
    const own = `stacks/${name}/terraform.tfstate`;
    expect([may("s3:GetObject", own), may("s3:PutObject", own), may("s3:DeleteObject", own)]).toEqual([
      true,
      true,
      false,
    ]);
    for (const action of ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]) {
      expect(may(action, `${own}.tflock`)).toBe(true);
      for (const stackName of ["bootstrap", "delivery", other, `account-${name}`, `account-${other}`]) {
        expect(may(action, `stacks/${stackName}/terraform.tfstate`)).toBe(false);
        expect(may(action, `stacks/${stackName}/terraform.tfstate.tflock`)).toBe(false);
      }
    }
    expect(allows(state.statements, "s3:GetObjectVersion", `arn:aws:s3:::${bucket}/${own}`)).toBe(false);
  });

  test("its roles stand under the path and the boundary that its deploy role may use", () => {
    const { account } = delivery?.config ?? {};
    for (const body of Object.values(stack(name).resources("aws_iam_role"))) {
      expect(body).toMatchObject({ path: "/eks-platform/", permissions_boundary: account?.permissionsBoundaryArn });
    }
    const boundary = stack(`account-${name}`).only("aws_iam_policy");
    expect(`arn:aws:iam::${account?.accountId}:policy/${boundary.name}`).toBe(account?.permissionsBoundaryArn);
  });
});

test("the account of an environment gets the roles that AWS services keep, and no store", () => {
  expect(stack("account-dev").census).toEqual({
    aws_iam_policy: 1, // the boundary of what the deploy role makes
    aws_iam_role: 1, // the deploy role
    aws_iam_role_policy: 1,
    aws_iam_service_linked_role: 5,
  });
});

/** The deliveries with those of prod changed. */
function changed(changes: Partial<Delivery>): Delivery[] {
  return deliveries.map((each) => (each.config.name === "prod" ? { ...each, ...changes } : each));
}

const prod = deliveries[1]?.config as Delivery["config"];
const TOOLING = "arn:aws:iam::111122223333:role/";
const MADE = "<name>: a stack makes the role there";
const BEGINS = "must not be a pipeline itself, or begin that of another environment";
const OF_ITS_OWN = "give each environment runners of its own";

test.each<[string, Partial<Delivery>, string]>([
  [
    "a pipeline's role of another account",
    { ciRoleArn: "arn:aws:iam::999999999999:role/ci-prod" },
    `'prod.ciRoleArn' must be ${TOOLING}${MADE}, got "arn:aws:iam::999999999999:role/ci-prod" at environments.ts`,
  ],
  [
    "roles under paths that no stack makes them under",
    {
      ciRoleArn: `${TOOLING}x/ci-prod`,
      config: {
        ...prod,
        account: { ...prod.account, deployRoleArn: "arn:aws:iam::777788889999:role/eks-platform/platform-deploy" },
        state: { ...prod.state, roleArn: `${TOOLING}x/state-prod` },
      },
    },
    `'prod.ciRoleArn' must be ${TOOLING}${MADE}, got "${TOOLING}x/ci-prod" at environments.ts
'prod.state.roleArn' must be ${TOOLING}${MADE}, got "${TOOLING}x/state-prod" at environments.ts
'prod.account.deployRoleArn' must be arn:aws:iam::777788889999:role/${MADE}, got "arn:aws:iam::777788889999:role/eks-platform/platform-deploy" at environments.ts`,
  ],
  [
    "no role that reaches the state",
    { config: { ...prod, state: { store: "bootstrap" } } },
    `'prod.state.roleArn' must be ${TOOLING}${MADE}, got "" at environments.ts`,
  ],
  [
    "the runners of another environment",
    { runners: [`${TOOLING}runner-prod`, `${TOOLING}runner-dev`] },
    `'prod.runners' ${BEGINS}, got "${TOOLING}runner-dev" at environments.ts; dev has it; ${OF_ITS_OWN}`,
  ],
  [
    "the pipeline of another environment as a runner",
    { runners: [`${TOOLING}ci-dev`] },
    `'prod.runners' ${BEGINS}, got "${TOOLING}ci-dev" at environments.ts; dev has it; ${OF_ITS_OWN}`,
  ],
])("a delivery is refused with %s", (_, changes, message) => {
  expect(messageOf(() => checkDeliveries(store.account, changed(changes)))).toBe(message);
});

test("a tooling account with a path of its own has the roles there", () => {
  const account = { ...store.account, iamPath: "/ci/" };
  const [dev] = deliveries.map((each) => ({
    ...each,
    ciRoleArn: `${TOOLING}ci/ci-dev`,
    config: { ...each.config, state: { ...each.config.state, roleArn: `${TOOLING}ci/state-dev` } },
  }));
  expect(() => checkDeliveries(account, dev ? [dev] : [])).not.toThrow();
  expect(messageOf(() => checkDeliveries(store.account, dev ? [dev] : []))).toBe(
    `'dev.ciRoleArn' must be ${TOOLING}${MADE}, got "${TOOLING}ci/ci-dev" at environments.ts
'dev.state.roleArn' must be ${TOOLING}${MADE}, got "${TOOLING}ci/state-dev" at environments.ts`,
  );
});
