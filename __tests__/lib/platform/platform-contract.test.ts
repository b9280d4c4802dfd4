import { platformContract } from "../../../lib/platform/platform-contract";
import { PublishedContract } from "../../../lib/platform/published-contract";
import { TeamAccess } from "../../../lib/platform/team-access";
import { account } from "../../support/account";
import { synthesizeWith } from "../../support/synth";
import { smallContract, state, wholeContract } from "../../support/team-contract";

const { contractVersion: _version, identity, parameters, ...small } = smallContract;
const { contractVersion: _same, identity: _identity, parameters: _parameters, state: _state, ...whole } = wholeContract;

test("minimal: names follow from the environment and the team", () => {
  const contract = platformContract({ ...small, account, podRoles: false, networkPolicies: false, state: undefined });
  expect(contract).toEqual(smallContract);
});

test("maximal: roles of pods, traffic, and a place for states", () => {
  expect(platformContract({ ...whole, account, podRoles: true, networkPolicies: true, state })).toEqual(wholeContract);
});

test("names stand below the account's own path, and there is no state of another account", () => {
  const contract = platformContract({
    ...whole,
    account: { ...account, iamPath: "/platform/" },
    podRoles: true,
    networkPolicies: true,
    state: { ...state, account: { ...account, accountId: "444455556666" } },
  });
  expect(contract.account).toEqual(account);
  expect(contract.identity).toEqual({
    deployRoleArn: "arn:aws:iam::111122223333:role/platform/staging-genomics-deploy",
    podRoles: {
      iamPath: "/platform/eks-platform/staging/genomics/",
      permissionsBoundaryArn: "arn:aws:iam::111122223333:policy/platform/staging-genomics-pods",
    },
    networkPolicies: true,
  });
  expect(contract.state).toBeUndefined();
});

test("a platform without records publishes it, and lets the team in", () => {
  const contract = platformContract({ ...whole, account, podRoles: false, networkPolicies: false, state });
  const stack = synthesizeWith((scope) => {
    new PublishedContract(scope, "Contract", { contract });
    const trustedPrincipals = ["arn:aws:iam::111122223333:role/GenomicsPipeline"];
    new TeamAccess(scope, "Access", { contract, account, state, trustedPrincipals });
  });
  expect(stack.only("aws_ssm_parameter").name).toBe(parameters.contract);
  expect(stack.only("aws_iam_role").name).toBe(identity.deployRoleArn.split("/").at(-1));
});
