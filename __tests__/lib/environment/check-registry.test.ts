import * as v from "valibot";
import { Faults } from "../../../lib/core/faults";
import { checkRegistry } from "../../../lib/environment/check-registry";
import { checkStoredState } from "../../../lib/environment/check-stored-state";
import type { RegistryConfig } from "../../../lib/environment/registry-config";
import { registrySchema } from "../../../lib/environment/registry-schema";
import { messageOf } from "../../support/errors";

const minimal: RegistryConfig = {
  id: "registry",
  account: { accountId: "111122223333", region: "eu-west-3" },
  state: { store: "bootstrap" },
  tags: { Team: "platform", CostCenter: "platform" },
  images: ["api"],
  charts: [],
  removal: "retain",
};
const maximal: RegistryConfig = {
  ...minimal,
  account: { ...minimal.account, deployRoleArn: "arn:aws:iam::111122223333:role/platform-deploy" },
  state: { store: "bootstrap", roleArn: "arn:aws:iam::444455556666:role/state", locking: "s3" },
  charts: ["api"],
  pullAccountIds: ["444455556666"],
  untaggedDays: 365,
  removal: "destroy",
};
const ownStore = { id: "bootstrap", account: { accountId: "111122223333", region: "eu-west-3" } };
const otherStore = { id: "bootstrap", account: { accountId: "444455556666", region: "eu-west-3" } };

function check(changes: Partial<RegistryConfig>, stores = [ownStore]): void {
  const config = { ...minimal, ...changes };
  const faults = new Faults("stacks/environments.ts");
  checkRegistry(faults, config, (name) => `registry.${name}`);
  checkStoredState(faults, config, stores, (name) => `registry.${name}`);
  faults.throwIfAny();
}

test("a record with everything has nothing wrong", () => {
  expect(() => check(maximal, [otherStore])).not.toThrow();
  expect(v.safeParse(registrySchema, maximal).issues).toBeUndefined();
});

test("a record with what is required has nothing wrong", () => {
  expect(() => check({})).not.toThrow();
  expect(v.safeParse(registrySchema, minimal).issues).toBeUndefined();
});

test.each<[string, object, string]>([
  ["a list that is none", { images: "api" }, "images"],
  ["a name that is not known", { image: [] }, "image"],
  ["a removal that is none", { removal: "keep" }, "removal"],
  ["tags without a cost center", { tags: { Team: "platform" } }, "tags.CostCenter"],
  ["an account without a region", { account: { accountId: "111122223333" } }, "account.region"],
])("the shape: %s", (_, changes, path) => {
  const { issues = [] } = v.safeParse(registrySchema, { ...minimal, ...changes });
  expect(issues.map((issue) => v.getDotPath(issue))).toEqual([path]);
});

test.each<[string, Partial<RegistryConfig>, string]>([
  ["an id", { id: "Registry" }, `'registry.id' must be 2 to 32 lower-case letters, digits and '-', got "Registry"`],
  [
    "a role of another account",
    { account: { ...minimal.account, deployRoleArn: "arn:aws:iam::444455556666:role/deploy" } },
    `'registry.account.deployRoleArn' must be the ARN of a role in account 111122223333, got "arn:aws:iam::444455556666:role/deploy"`,
  ],
  [
    "a state role that is none",
    { state: { store: "bootstrap", roleArn: "state" } },
    `'registry.state.roleArn' must be the ARN of a role, got "state"`,
  ],
  [
    "a tag of the platform's",
    { tags: { ...minimal.tags, Environment: "x" } },
    `'registry.tags.Environment' must not be set: the platform sets it, got "x"`,
  ],
  [
    "a state store that is not there",
    { state: { store: "other" } },
    `'registry.state.store' must be a state store (bootstrap), got "other"`,
  ],
])("%s", (_, changes, message) => {
  expect(messageOf(() => check(changes))).toBe(`${message} at stacks/environments.ts`);
});

test("what the repositories have wrong is named as in the record, all of it at once", () => {
  expect(
    messageOf(() => check({ images: ["Api"], pullAccountIds: ["111122223333"], untaggedDays: 400 })).split("\n"),
  ).toEqual([
    `'registry.images' must have lower-case letters and digits, one of '.', '_', '-' between them, and '/' between segments, got "Api" at stacks/environments.ts`,
    `'registry.pullAccountIds' must be other accounts, got "111122223333" at stacks/environments.ts; the registry's own account pulls by its IAM policies alone`,
    "'registry.untaggedDays' must be a whole number from 1 to 365, got 400 at stacks/environments.ts",
  ]);
});

test("an account is checked as everywhere", () => {
  expect(messageOf(() => check({ account: { accountId: "111122223333", region: "EU" } }))).toBe(
    `'registry.account.region' must be an AWS region, got "EU" at stacks/environments.ts; for example "eu-west-3"`,
  );
});

test("a state store in another account asks for a role there", () => {
  expect(messageOf(() => check({}, [otherStore]))).toBe(
    "'registry.state.roleArn' must be a role in account 444455556666, which holds the state at stacks/environments.ts",
  );
});
