import { TerraformStack } from "cdktf";
import { Application } from "../../../lib/application/application";
import { HelmRelease } from "../../../lib/helm/helm-release";
import { Namespace } from "../../../lib/kubernetes/namespace";
import type { PlatformContract } from "../../../lib/platform/contract";
import type { GrantedNamespace } from "../../../lib/platform/granted-namespace";
import { Platform } from "../../../lib/platform/platform";
import { minimal } from "../../support/application";
import { bareContract, contract, onPlatform, teamStack } from "../../support/contract";
import { messageOf, stackFaults } from "../../support/errors";
import { opened } from "../../support/namespaces";
import { testApp } from "../../support/synth";

/** Why something cannot be said of `genomics`. */
function refusal(says: (genomics: GrantedNamespace) => void, promised: PlatformContract = contract): string {
  const platform = Platform.fromContract(teamStack(), "platform", promised);
  return messageOf(() => says(platform.namespace("genomics")));
}

test("it is what the contract says, and makes nothing", () => {
  const { census } = onPlatform((_, platform) => {
    const genomics = platform.namespace("genomics");
    expect({ ...genomics, node: undefined }).toMatchObject({
      namespaceName: "genomics",
      namespaceRef: "genomics",
      kubernetesVersion: "1.35",
      podSecurityLevel: "restricted",
      deniesByDefault: true,
    });
    expect(genomics.dependables).toEqual([]);
  });
  expect(census).toEqual({});
});

test("traffic is opened in the granted namespaces, with the ranges of the contract", () => {
  const stack = onPlatform((_, platform) => {
    const genomics = platform.namespace("genomics");
    genomics.allow({ from: "load-balancer", ports: [8000] });
    genomics.allow({ to: platform.namespace("batch"), ports: [8080] });
    expect(genomics.dependables).toHaveLength(2);
  });
  expect(opened(stack)).toEqual({
    "genomics/from-load-balancer": {
      podSelector: {},
      policyTypes: ["Ingress"],
      ingress: [
        {
          from: [{ ipBlock: { cidr: "10.64.1.0/24" } }, { ipBlock: { cidr: "10.64.2.0/24" } }],
          ports: [{ port: 8000, protocol: "TCP" }],
        },
      ],
    },
    "genomics/to-namespace-batch": expect.anything(),
    "batch/from-namespace-genomics": expect.anything(),
  });
});

test("the end in a namespace of others is theirs: nothing is made there", () => {
  const stack = onPlatform((scope, platform) => {
    const reports = Namespace.fromName(scope, "Reports", {
      namespaceName: "reports",
      kubernetesVersion: "1.35",
      podSecurityLevel: "restricted",
    });
    platform.namespace("genomics").allow({ to: reports, ports: [8080] });
  });
  expect(Object.keys(opened(stack))).toEqual(["genomics/to-namespace-reports"]);
});

test.each(["to", "from"] as const)(
  "a granted namespace that is named %s another way is refused: its own end would stay closed",
  (end) => {
    const stack = teamStack();
    const platform = Platform.fromContract(stack, "platform", contract);
    const batch = Namespace.fromName(stack, "Batch", {
      namespaceName: "batch",
      kubernetesVersion: "1.35",
      podSecurityLevel: "baseline",
    });
    const genomics = platform.namespace("genomics");
    expect(
      messageOf(() => genomics.allow(end === "to" ? { to: batch, ports: [8080] } : { from: batch, ports: [8080] })),
    ).toBe(
      `'${end}' must be the granted namespace itself: its own end stays closed otherwise, got "test/Batch" at test/platform/Namespace-genomics; use platform.namespace("batch") of this stack`,
    );
    expect(genomics.node.children).toEqual([]);
  },
);

test("a granted namespace of another stack's platform is refused with the one that is meant", () => {
  const other = Platform.fromContract(new TerraformStack(testApp(), "other"), "platform", contract);
  expect(refusal((genomics) => genomics.allow({ to: other.namespace("batch"), ports: [8080] }))).toBe(
    `'to' must be the granted namespace itself: its own end stays closed otherwise, got "other/platform/Namespace-batch" at test/platform/Namespace-genomics; use platform.namespace("batch") of this stack`,
  );
});

test("synth fails if a policy would stand in a namespace of others", () => {
  const stack = teamStack();
  const platform = Platform.fromContract(stack, "platform", contract);
  const reports = Namespace.fromName(stack, "Reports", {
    namespaceName: "reports",
    kubernetesVersion: "1.35",
    podSecurityLevel: "restricted",
    deniesByDefault: true,
  });
  platform.namespace("genomics").allow({ to: reports, ports: [8080] });
  expect(stackFaults(stack)).toEqual([
    "'metadata.namespace' must be a namespace granted to genomics (genomics, batch), got \"reports\" at test/platform/Namespace-genomics/to-namespace-reports/Ingress",
  ]);
});

test("traffic needs the grant", () => {
  expect(refusal((genomics) => genomics.allow({ from: "monitoring", ports: [9090] }), bareContract)).toBe(
    "'identity.networkPolicies' must be granted to open traffic, got false at test/platform/Namespace-genomics; the platform can open it, or grant it: 'networkPolicies' in the team's contract",
  );
});

test("what is refused of a namespace is refused here", () => {
  expect(refusal((genomics) => genomics.allow({ to: genomics, ports: [8000] }))).toBe(
    `'to' must not be the namespace itself, got "genomics" at test/platform/Namespace-genomics; use within: "namespace"`,
  );
});

test("the security group of a database is the platform's", () => {
  const database = { cidrBlocks: ["10.64.3.0/24"], port: 5432, securityGroupId: "sg-1" };
  expect(refusal((genomics) => genomics.allow({ to: { database } }))).toBe(
    `'to.database.securityGroupId' must not be given: the security group of a database is the platform's to open, got "sg-1" at test/platform/Namespace-genomics; leave it out, and ask the platform to let the cluster's nodes into that group`,
  );
  const { securityGroupId: _, ...open } = database;
  const stack = onPlatform((__, platform) => platform.namespace("genomics").allow({ to: { database: open } }));
  expect(Object.keys(opened(stack))).toHaveLength(1);
});

test.each([{}, { to: null }, { to: { database: null } }])("what %j says is refused with a message", (said) => {
  expect(refusal((genomics) => genomics.allow(said as never))).toMatch(/ at test\/platform\/Namespace-genomics/);
});

test.each([undefined, null])("%j is no sentence at all", (said) => {
  expect(refusal((genomics) => genomics.allow(said as never))).toBe(
    `'to' must stand in an object: one of to, from and within, got null at test/platform/Namespace-genomics; for example { to: "internet" }`,
  );
});

test("an application needs the grant too, because it opens the traffic of its own pods", () => {
  const stack = teamStack();
  const platform = Platform.fromContract(stack, "platform", bareContract);
  const { environment } = platform;
  const namespace = platform.namespace("genomics");
  const api = () => new Application(stack, "Api", { ...minimal, team: "genomics", environment, namespace });
  expect(messageOf(api)).toBe(
    `'namespace' must let Application open the traffic of its own pods, which needs 'networkPolicies' in the team's contract, got "genomics" at test/Api; ask the platform to grant it, or install the chart with HelmRelease, which opens nothing`,
  );
  expect(stack.node.tryFindChild("Api")?.node.children).toEqual([]);
});

test("a release needs no grant but the namespace", () => {
  const { census } = onPlatform((stack, platform) => {
    const namespace = platform.namespace("genomics");
    new HelmRelease(stack, "Api", { releaseName: "api", namespace, chart: { path: "charts/platform-info" } });
  }, bareContract);
  expect(census).toEqual({ helm_release: 1 });
});
