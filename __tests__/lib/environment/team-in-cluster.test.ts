import type { TeamConfig } from "../../../lib/environment/in-cluster-config";
import { withDeployRoles } from "../../../lib/environment/team-in-cluster";
import { environment } from "../../support/platform";

const principalArn = "arn:aws:iam::111122223333:role/test-genomics-deploy";
const trustedPrincipals = ["arn:aws:iam::111122223333:role/GenomicsPipeline"];
const team: TeamConfig = { teamName: "genomics", namespaces: ["genomics"] };

function teamWith(changes: Partial<TeamConfig>): TeamConfig | undefined {
  const inCluster = { namespaces: [{ namespaceName: "genomics" }], teams: [{ ...team, ...changes }], releases: [] };
  return withDeployRoles(environment, inCluster).teams?.[0];
}

test("a team without a contract stays as it is, and so does everything else", () => {
  const inCluster = { namespaces: [], teams: [team], releases: [] };
  expect(withDeployRoles(environment, inCluster)).toEqual(inCluster);
  expect(withDeployRoles(environment, { namespaces: [], releases: [] })).toEqual({ namespaces: [], releases: [] });
});

test("the deploy role is a member with the role deploy, after those that the team has", () => {
  const developer = { principalArn: "arn:aws:iam::111122223333:role/GenomicsDeveloper", role: "edit" };
  expect(teamWith({ members: [developer], contract: { trustedPrincipals } })).toMatchObject({
    members: [developer, { principalArn, role: "deploy" }],
  });
  expect(teamWith({ contract: { trustedPrincipals } })).not.toHaveProperty("roles.traffic");
});

test("one that may open traffic has a role for it beside deploy, with the reason", () => {
  const restarter = { rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["delete"] }] };
  const networkPolicies = "the team opens its own ports";
  expect(teamWith({ roles: { restarter }, contract: { trustedPrincipals, networkPolicies } })).toMatchObject({
    members: [
      { principalArn, role: "deploy" },
      { principalArn, role: "traffic" },
    ],
    roles: {
      restarter,
      traffic: {
        rules: [
          {
            apiGroups: ["networking.k8s.io"],
            resources: ["networkpolicies"],
            verbs: ["get", "list", "watch", "create", "update", "patch", "delete"],
            reason: networkPolicies,
          },
        ],
      },
    },
  });
});
