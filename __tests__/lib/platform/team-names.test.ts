import { deployRoleArn, deployRoleName, podRoles, podsBoundaryName } from "../../../lib/platform/team-names";
import { account } from "../../support/account";

test("what a team has in IAM is named after environment and team", () => {
  expect(deployRoleArn(account, "staging", "genomics")).toBe("arn:aws:iam::111122223333:role/staging-genomics-deploy");
  expect(podRoles(account, "staging", "genomics")).toEqual({
    iamPath: "/eks-platform/staging/genomics/",
    permissionsBoundaryArn: "arn:aws:iam::111122223333:policy/staging-genomics-pods",
  });
});

test("it stands below the account's own path, in the account's partition", () => {
  const china = { accountId: "111122223333", region: "cn-north-1", iamPath: "/platform/" };
  expect(deployRoleArn(china, "staging", "genomics")).toBe(
    "arn:aws-cn:iam::111122223333:role/platform/staging-genomics-deploy",
  );
  expect(podRoles(china, "staging", "genomics")).toEqual({
    iamPath: "/platform/eks-platform/staging/genomics/",
    permissionsBoundaryArn: "arn:aws-cn:iam::111122223333:policy/platform/staging-genomics-pods",
  });
});

test("the longest names fit, and stay apart", () => {
  const environment = "e".repeat(32);
  const teams = ["a", "b"].map((last) => `${"t".repeat(62)}${last}`);
  const roles = teams.map((team) => deployRoleName(environment, team));
  expect(roles.map(({ length }) => length)).toEqual([64, 64]);
  expect(new Set(roles).size).toBe(2);
  expect(teams.map((team) => podsBoundaryName(environment, team).length)).toEqual([101, 101]);
});
