import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, LocalBackend, TerraformStack, Testing } from "cdktf";
import { awsProvider } from "../../../lib/core/aws-provider";
import { AccessEntry } from "../../../lib/eks/access-entry";
import { Namespace } from "../../../lib/kubernetes/namespace";
import { ClusterProviders } from "../../../lib/kubernetes/providers";
import { Team } from "../../../lib/kubernetes/team";
import { account } from "../../support/account";
import { testCluster } from "../../support/cluster";
import { synthesize } from "../../support/synth";
import { census, developer, type Scene, scene } from "../../support/team";

const oneEntry = (group: string) =>
  `EKS takes one entry for each principal: put ["${group}"] and its other groups into one AccessEntry, and name groups as members`;

/** The lines that a real synth fails with. */
function synthFaults(build: (given: Scene) => void): string[] {
  const given = scene();
  build(given);
  try {
    synthesize(given.stack);
  } catch (error) {
    return String(error)
      .split("\n")
      .filter((line) => line.includes("[test/"))
      .map((line) => line.trim());
  }
  throw new Error("expected synth to fail");
}

test("a principal in two teams fails at synth, at both", () => {
  const lines = synthFaults(({ stack, cluster, genomics, trials }) => {
    const members = [{ principalArn: developer, role: "view" }];
    new Team(stack, "Team-genomics", { teamName: "genomics", cluster, namespaces: [genomics], members });
    new Team(stack, "Team-clinical-trials", { teamName: "clinical-trials", cluster, namespaces: [trials], members });
  });
  expect(lines).toEqual([
    `[test/Team-genomics] 'members' must not have a principal that test/Team-clinical-trials/Access/111122223333:role--GenomicsDeveloper lets in, got "${developer}" at test/Team-genomics; ${oneEntry("team:genomics:view")}`,
    `[test/Team-clinical-trials] 'members' must not have a principal that test/Team-genomics/Access/111122223333:role--GenomicsDeveloper lets in, got "${developer}" at test/Team-clinical-trials; ${oneEntry("team:clinical-trials:view")}`,
  ]);
});

test("a principal that the platform lets in itself fails at synth, wherever the entry stands", () => {
  const lines = synthFaults(({ stack, cluster, genomics }) => {
    const members = [{ principalArn: developer, role: "view" }];
    new Team(stack, "Team-genomics", { teamName: "genomics", cluster, namespaces: [genomics], members });
    new AccessEntry(stack, "Later", { cluster, principalArn: developer });
  });
  expect(lines).toEqual([
    `[test/Team-genomics] 'members' must not have a principal that test/Later lets in, got "${developer}" at test/Team-genomics; ${oneEntry("team:genomics:view")}`,
  ]);
});

test("the way out that the fault names works: one entry with all groups, and the groups as members", () => {
  const { stack, cluster, genomics, trials } = scene();
  new AccessEntry(stack, "Both", {
    cluster,
    principalArn: developer,
    kubernetesGroups: ["team:genomics:edit", "team:clinical-trials:view"],
  });
  new Team(stack, "Team-genomics", {
    teamName: "genomics",
    cluster,
    namespaces: [genomics],
    members: [{ group: "team:genomics:edit", role: "edit" }],
  });
  new Team(stack, "Team-clinical-trials", {
    teamName: "clinical-trials",
    cluster,
    namespaces: [trials],
    members: [{ group: "team:clinical-trials:view", role: "view" }],
  });
  expect(census(synthesize(stack))).toEqual({
    aws_eks_access_entry: 1, // the platform's
    kubernetes_role_v1: 2, // one for each team
    kubernetes_role_binding_v1: 2, // one for each role
  });
});

test("the same principal may be in teams of two clusters", () => {
  const { stack, cluster, genomics, trials } = scene();
  const members = [{ principalArn: developer, role: "view" }];
  const other = { ...testCluster(stack, "Other"), clusterName: "other", clusterRef: "other" } as typeof cluster;
  new Team(stack, "Here", { teamName: "genomics", cluster, namespaces: [genomics], members });
  new Team(stack, "There", { teamName: "genomics", cluster: other, namespaces: [trials], members });
  expect(synthesize(stack).census.aws_eks_access_entry).toBe(2);
});

test("two teams of one name fail at synth: their groups would open both teams' namespaces", () => {
  const lines = synthFaults(({ stack, cluster, genomics, trials }) => {
    new Team(stack, "One", { teamName: "genomics", cluster, namespaces: [genomics] });
    new Team(stack, "Two", { teamName: "genomics", cluster, namespaces: [trials] });
  });
  expect(lines).toEqual([
    `[test/One] 'teamName' must not be that of test/Two, got "genomics" at test/One; their groups would be the same`,
    `[test/Two] 'teamName' must not be that of test/One, got "genomics" at test/Two; their groups would be the same`,
  ]);
});

test("App.synth runs these checks too", () => {
  const outdir = mkdtempSync(join(tmpdir(), "team-"));
  try {
    const app = Testing.stubVersion(new App({ outdir }));
    const stack = new TerraformStack(app, "test");
    new LocalBackend(stack, { path: "test.tfstate" });
    awsProvider(stack, "Aws", { account });
    const cluster = testCluster(stack);
    new ClusterProviders(stack, "Providers", { cluster });
    const namespaces = [new Namespace(stack, "Namespace", { namespaceName: "genomics", kubernetesVersion: "1.35" })];
    const members = [{ principalArn: developer, role: "view" }];
    new Team(stack, "Team-genomics", { teamName: "genomics", cluster, namespaces, members });
    expect(() => app.synth()).not.toThrow();
    new AccessEntry(stack, "Developer", { cluster, principalArn: developer });
    expect(() => app.synth()).toThrow(
      `[test/Team-genomics] 'members' must not have a principal that test/Developer lets in, got "${developer}" at test/Team-genomics; ${oneEntry("team:genomics:view")}`,
    );
  } finally {
    rmSync(outdir, { recursive: true });
  }
});
