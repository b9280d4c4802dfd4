import type { AwsEnvironmentConfig } from "../../../lib/environment/environment-config";
import { validatePlatform } from "../../../lib/environment/validate-platform";
import { messageOf } from "../../support/errors";
import { environment, store } from "../../support/platform";

const AT = "at stacks/environments.ts";
const TRUSTED = "inCluster.teams.genomics.contract.trustedPrincipals";
const RULE = "must not be the deploy role of another team or environment";
const FIX = "name what the pipeline itself runs with";
const roleArn = (name: string, accountId = "111122223333") => `arn:aws:iam::${accountId}:role/${name}`;

function trusting(name: string, trustedPrincipals: readonly string[], deployRole: string): AwsEnvironmentConfig {
  return {
    ...environment,
    name,
    account: { ...environment.account, deployRoleArn: roleArn(deployRole) },
    network: { ...environment.network, cidrBlock: `10.${100 + (name.charCodeAt(0) % 100)}.0.0/16` },
    cluster: { ...environment.cluster, clusterName: name },
    inCluster: {
      namespaces: [{ namespaceName: "genomics" }],
      teams: [{ teamName: "genomics", namespaces: ["genomics"], contract: { trustedPrincipals } }],
      releases: [],
    },
  };
}

function validate(...environments: AwsEnvironmentConfig[]): void {
  validatePlatform({ stateStores: [store], environments });
}

test("a deploy role trusts none of another environment, of a team or of the platform, in whatever case", () => {
  const trusted = [roleArn("ci/Dev-Genomics-deploy"), roleArn("platform-dev"), roleArn("GenomicsPipeline")];
  const dev = trusting("dev", [roleArn("GenomicsPipeline")], "platform-dev");
  expect(messageOf(() => validate(dev, trusting("prod", trusted, "platform-prod")))).toBe(
    `'prod.${TRUSTED}' ${RULE}, got "${roleArn("ci/Dev-Genomics-deploy")}" ${AT}; it is that of genomics in dev; ${FIX}
'prod.${TRUSTED}' ${RULE}, got "${roleArn("platform-dev")}" ${AT}; it is that of dev; ${FIX}`,
  );
});

test("the deploy role of the own environment may be trusted, also where it is that of others too", () => {
  const trusted = [roleArn("platform-deploy")];
  expect(() =>
    validate(trusting("dev", trusted, "platform-deploy"), trusting("qa", trusted, "platform-deploy")),
  ).not.toThrow();
});

test("a role or a user of another account is nobody's deploy role", () => {
  const trusted = [
    roleArn("dev-genomics-deploy", "444455556666"),
    "arn:aws:iam::111122223333:user/dev-genomics-deploy",
  ];
  const dev = trusting("dev", [roleArn("GenomicsPipeline")], "platform-dev");
  expect(() => validate(dev, trusting("prod", trusted, "platform-prod"))).not.toThrow();
});
