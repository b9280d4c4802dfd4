import type { AwsEnvironmentConfig, StateStoreConfig } from "../../../lib/environment/environment-config";
import { validatePlatform } from "../../../lib/environment/validate-platform";
import { messageOf } from "../../support/errors";
import { environment, store } from "../../support/platform";

const AT = "at stacks/environments.ts";
const APART = "must not be, begin with or begin that of an environment of the account with another deploy role";
const ONE_COULD = "and one of the two could change the roles of both";
const DEPLOY_ROLE = "must not stand under the 'account.iamPath' of an environment with another deploy role";

const ACCOUNT_ID = "111122223333";
const roleArn = (name: string, accountId = ACCOUNT_ID) => `arn:aws:iam::${accountId}:role/${name}`;

/** One with a deploy role of its own, unless it says otherwise. */
function placed(
  name: string,
  account: Partial<AwsEnvironmentConfig["account"]> = {},
  changes: Partial<AwsEnvironmentConfig> = {},
): AwsEnvironmentConfig {
  return {
    ...environment,
    name,
    network: { ...environment.network, cidrBlock: `10.${100 + (name.charCodeAt(0) % 100)}.0.0/16` },
    cluster: { ...environment.cluster, clusterName: name },
    account: { ...environment.account, deployRoleArn: roleArn(`${name}-deploy`), ...account },
    ...changes,
  };
}

function validate(environments: readonly AwsEnvironmentConfig[], stores: readonly StateStoreConfig[] = [store]): void {
  validatePlatform({ stateStores: stores, environments });
}

test.each<[string, string, string, string, string]>([
  ["equal", "/teams/", "/teams/", `"/teams/"`, `"/teams/"`],
  ["nested", "/teams/", "/teams/qa/", `"/teams/qa/"`, `"/teams/"`],
  ["nested the other way", "/teams/qa/", "/teams/", `"/teams/"`, `"/teams/qa/"`],
])("two deploy roles of one account refuse paths that are %s", (_, devs, qas, got, others) => {
  expect(messageOf(() => validate([placed("dev", { iamPath: devs }), placed("qa", { iamPath: qas })]))).toBe(
    `'qa.account.iamPath' ${APART}, got ${got} ${AT}; dev has ${others}, ${ONE_COULD}; for example "/dev/" and "/qa/", or one deploy role`,
  );
});

test.each<[string, string | undefined, string | undefined]>([
  ["by default for both", undefined, undefined],
  ["by default for one, and said by the other", undefined, "/"],
  ["for one, and a part of it for the other", "/", "/teams/"],
])("nothing is apart from the whole account: %s", (_, devs, qas) => {
  const [dev, qa] = [placed("dev", { iamPath: devs }), placed("qa", { iamPath: qas })];
  expect(() => validate([dev, qa])).not.toThrow();
  expect(() => validate([qa, dev])).not.toThrow();
});

test("paths that only begin alike are apart", () => {
  expect(() =>
    validate([placed("dev", { iamPath: "/teams/" }), placed("qa", { iamPath: "/teams-qa/" })]),
  ).not.toThrow();
});

test("with one deploy role paths are equal or nested as they please", () => {
  const deployRoleArn = roleArn("platform-deploy");
  const paths = [undefined, undefined, "/teams/", "/teams/qa/"];
  const names = ["dev", "load", "qa", "staging"];
  const environments = names.map((name, index) => placed(name, { deployRoleArn, iamPath: paths[index] }));
  expect(() => validate(environments)).not.toThrow();
});

test("in two accounts paths are equal or nested as they please", () => {
  const accountId = "444455556666";
  const elsewhere = { ...store, id: "elsewhere", account: { ...store.account, accountId } };
  const account = { accountId, deployRoleArn: roleArn("qa-deploy", accountId), iamPath: "/teams/qa/" };
  const qa = placed("qa", account, { state: { store: "elsewhere" } });
  expect(() => validate([placed("dev", { iamPath: "/teams/" }), qa], [store, elsewhere])).not.toThrow();
  expect(() => validate([placed("dev", { iamPath: "/teams/qa/" }), qa], [store, elsewhere])).not.toThrow();
});

test("a deploy role does not stand where another one makes roles", () => {
  const dev = placed("dev", { iamPath: "/dev/", deployRoleArn: roleArn("qa/ci/dev-deploy") });
  const qa = placed("qa", { iamPath: "/qa/", deployRoleArn: roleArn("ci/qa-deploy") });
  expect(messageOf(() => validate([dev, qa]))).toBe(
    `'dev.account.deployRoleArn' ${DEPLOY_ROLE}, got "arn:aws:iam::111122223333:role/qa/ci/dev-deploy" ${AT}; that of qa could change it, for it makes roles under "/qa/"`,
  );
  expect(messageOf(() => validate([qa, dev]))).toBe(messageOf(() => validate([dev, qa])));
});

test("every pair is told, and what is no path only once", () => {
  const dev = placed("dev", { iamPath: "/teams/" });
  const load = placed("load", { iamPath: "/teams/load/" });
  const qa = placed("qa", { iamPath: "/teams/load/qa/" });
  const staging = placed("staging", { iamPath: "teams" });
  expect(messageOf(() => validate([dev, load, qa, staging]))).toBe(
    [
      `'staging.account.iamPath' must begin and end with a slash, got "teams" ${AT}`,
      `'load.account.iamPath' ${APART}, got "/teams/load/" ${AT}; dev has "/teams/", ${ONE_COULD}; for example "/dev/" and "/load/", or one deploy role`,
      `'qa.account.iamPath' ${APART}, got "/teams/load/qa/" ${AT}; dev has "/teams/", ${ONE_COULD}; for example "/dev/" and "/qa/", or one deploy role`,
      `'qa.account.iamPath' ${APART}, got "/teams/load/qa/" ${AT}; load has "/teams/load/", ${ONE_COULD}; for example "/load/" and "/qa/", or one deploy role`,
    ].join("\n"),
  );
});
