import { platform } from "../../stacks/environments";
import {
  platformWith,
  resourcesOf,
  shipped,
  shippedOnAws,
  stackIn,
  synthesizePlatform,
  synthesizeStack,
} from "../support/platform";
import type { Body, Synthesized } from "../support/synth";

const names = shippedOnAws.map(({ name }) => name);
const on = synthesizePlatform(platform);
// By the records: the variable refuses retained environments.
const off = synthesizePlatform({
  ...platform,
  environments: shippedOnAws.map((each) => ({ ...each, inCluster: { off: each.name } })),
});

function pair(name: string): { readonly on: Synthesized; readonly off: Synthesized } {
  return { on: stackIn(on, name), off: stackIn(off, name) };
}

/** What teams of other repositories get in AWS: their way in, and parameters. */
function isOfContract(address: string): boolean {
  return /\.(Contract-|LiveFacts_)/.test(address);
}

test.each(names)("%s has byte for byte the same AWS resources on and off, but for those of its teams", (name) => {
  const stacks = pair(name);
  const every = Object.entries(resourcesOf(stacks.on, "aws_"));
  const all = every.filter(([address]) => !isOfContract(address));
  const others = all.filter(([address]) => !address.includes(".InCluster_Team-"));
  const aws = JSON.stringify(others);
  expect(aws.length).toBeGreaterThan(10_000);
  expect(JSON.stringify(Object.entries(resourcesOf(stacks.off, "aws_")))).toBe(aws);
  expect(all.length - others.length).toBe(8); // access entries, and a role with its policy and association
  expect(every.length - all.length).toBe(5); // a deploy role with its policy, a boundary, two parameters
});

test.each(names)("%s without its in-cluster part needs the AWS provider alone", (name) => {
  const stacks = pair(name);
  const providersOf = ({ json }: Synthesized) => Object.keys(json.provider as object);
  const requiredBy = ({ json }: Synthesized) =>
    Object.keys((json.terraform as { readonly required_providers: object }).required_providers);
  expect(providersOf(stacks.on)).toEqual(["aws", "helm", "kubernetes"]);
  expect(requiredBy(stacks.on)).toEqual(["aws", "helm", "kubernetes"]);
  expect(providersOf(stacks.off)).toEqual(["aws"]);
  expect(requiredBy(stacks.off)).toEqual(["aws"]);
});

test.each(names)("%s without its in-cluster part has no resource but those of AWS, and the same outputs", (name) => {
  const stacks = pair(name);
  const others = ({ addresses }: Synthesized) => addresses.filter((address) => !address.startsWith("aws_"));
  expect(others(stacks.on).length).toBeGreaterThan(20);
  expect(others(stacks.off)).toEqual([]);
  expect(stacks.off.json.output).toEqual(stacks.on.json.output);
});

test("off in the record is off by the variable", () => {
  const byRecord = synthesizeStack("staging", platformWith("staging", { inCluster: { off: "staging" } }));
  expect(byRecord.json).toEqual(pair("staging").off.json);
});

test("the variable turns off the environments that it names, and no others; contracts stay as they are", () => {
  const one = synthesizePlatform(platform, "dev");
  const dev = resourcesOf(stackIn(one, "dev"), "");
  const entries = (contracts: boolean) =>
    Object.fromEntries(Object.entries(dev).filter(([address]) => isOfContract(address) === contracts));
  expect(entries(false)).toEqual(resourcesOf(pair("dev").off, ""));
  expect(Object.keys(entries(true))).toHaveLength(5);
  expect(resourcesOf(pair("dev").on, "aws_")).toMatchObject(entries(true));
  const { resource: _, ...rest } = stackIn(one, "dev").json;
  const { resource: __, ...off } = pair("dev").off.json;
  expect(rest).toEqual(off);
  expect(one.staging?.json).toEqual(pair("staging").on.json);
});

test.each(names)("a team's deploy role gets into %s once it is made, as deploy and as what opens traffic", (name) => {
  const principal_arn = `arn:aws:iam::111122223333:role/${name}-genomics-deploy`;
  const entries = Object.values(pair(name).on.resources("aws_eks_access_entry"));
  expect(entries.filter((entry) => entry.principal_arn === principal_arn)).toMatchObject([
    {
      kubernetes_groups: ["team:genomics:deploy", "team:genomics:traffic"],
      depends_on: [expect.stringMatching(/^aws_iam_role\.Contract-genomics_Access_Role_/)],
    },
  ]);
  expect(entries.filter((entry) => "depends_on" in entry && entry.principal_arn !== principal_arn)).toEqual([]);
  const traffic = Object.values(pair(name).on.resources("kubernetes_role_v1"))
    .map(({ metadata, rule }) => ({ ...(metadata as Body), rule }))
    .filter((role) => (role as Body).name === "team:genomics:traffic");
  expect(traffic).toMatchObject(
    Array(2).fill({
      annotations: {
        "eks-platform/reason": "networkpolicies: what the team deploys from its own repository opens its own ports",
      },
      rule: [
        {
          api_groups: ["networking.k8s.io"],
          resources: ["networkpolicies"],
          verbs: ["get", "list", "watch", "create", "update", "patch", "delete"],
        },
      ],
    }),
  );
});

test("the shipped release tells an application where it runs", () => {
  const releases = Object.values(pair("staging").on.resources("helm_release"));
  const release = releases.find(({ name }) => name === "platform-info") ?? {};
  expect(JSON.parse(String((release.values as readonly string[])[0]))).toEqual({
    info: { environment: "staging", region: "eu-west-3" },
  });
});

test("an environment in Auto Mode turns network policies on by itself, one with node groups does not need to", () => {
  const cluster = { ...shipped("staging").cluster, autoMode: { nodePools: ["system" as const] } };
  const auto = synthesizeStack("staging", platformWith("staging", { cluster, nodeGroups: [], addons: {} }));
  expect(auto.only("kubernetes_config_map_v1").data).toEqual({ "enable-network-policy-controller": "true" });
  expect(pair("staging").on.resources("kubernetes_config_map_v1")).toEqual({});
});

test("namespaces and releases are guarded in prod and go with their environment elsewhere", () => {
  const guards = (name: string) =>
    ["kubernetes_namespace_v1", "helm_release"]
      .flatMap((type) => Object.values(pair(name).on.resources(type)))
      .map(({ lifecycle }) => lifecycle);
  expect(guards("prod")).toEqual(Array(8).fill({ prevent_destroy: true }));
  expect(guards("staging")).toEqual(Array(8).fill({ prevent_destroy: false }));
});

test.each(names)(
  "what reaches beyond a team is refused in every namespace of a team of %s, and in no other",
  (name) => {
    const releases = Object.values(pair(name).on.resources("helm_release"));
    const { values, namespace } = releases.find((release) => release.name === "team-admission") ?? {};
    const { resources } = JSON.parse(String((values as readonly string[])[0]));
    const kinds = Object.values<Body>(resources).map(({ kind }) => kind);
    expect(kinds).toEqual(["ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding"]);
    const [, binding = {}] = Object.values<Body>(resources);
    expect(binding).toMatchObject({
      spec: {
        matchResources: {
          namespaceSelector: {
            matchExpressions: [{ values: ["clinical-trials", "genomics", "genomics-jobs", "syndromic-surveillance"] }],
          },
        },
      },
    });
    expect(namespace).toBe("kube-system");
  },
);

test("a cluster without teams has nothing that holds teams back", () => {
  const { inCluster } = shipped("staging");
  if ("off" in inCluster) throw new Error("staging has an in-cluster part");
  const alone = platformWith("staging", { inCluster: { ...inCluster, teams: [], applications: [] } });
  expect(synthesizeStack("staging", alone).addresses.join()).not.toContain("TeamAdmission");
});

test("a release keeps its address under another name, and may stand in a namespace of Kubernetes for a reason", () => {
  const { inCluster } = shipped("staging");
  if ("off" in inCluster) throw new Error("staging has an in-cluster part");
  const [info] = inCluster.releases;
  if (!info) throw new Error("staging has a release");
  const systemNamespaceReason = "its chart can stand nowhere else";
  const releases = [
    { ...info, releaseName: "environment-info" },
    { ...info, name: "system-info", namespace: "kube-system", systemNamespaceReason },
  ];
  const changed = synthesizeStack("staging", platformWith("staging", { inCluster: { ...inCluster, releases } }));
  const [address] = pair("staging").on.addresses.filter((each) => /^helm_release\..*platform-info/.test(each));
  const bodies = changed.resources("helm_release");
  expect(bodies[address?.split(".")[1] ?? ""]).toMatchObject({ name: "environment-info" });
  expect(Object.values(bodies).map(({ name, namespace }) => [name, namespace])).toContainEqual([
    "system-info",
    "kube-system",
  ]);
});
