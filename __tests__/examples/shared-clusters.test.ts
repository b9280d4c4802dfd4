import { TerraformStack } from "cdktf";
import { ENVIRONMENTS } from "../../examples/shared-clusters/environments";
import { addStacks } from "../../examples/shared-clusters/stacks";
import { type Body, parsed, type Synthesized, synthesize, testApp } from "../support/synth";

const app = testApp();
const environments = addStacks(app);
const stacks = new Map(
  app.node.children.filter(TerraformStack.isStack).map((stack) => [stack.node.id, synthesize(stack)] as const),
);
const stack = (name: string): Synthesized => {
  const found = stacks.get(name);
  if (!found) throw new Error(`${name} is not there`);
  return found;
};
const LOWER = ["dev", "qa", "staging"];

/** What an environment could share with another: where it writes, as whom, and in which namespaces. */
function reach(name: string) {
  const { json, resources } = stack(name);
  const { terraform, provider, data } = json as {
    terraform: { backend: { s3: { key: string; assume_role: { role_arn: string } } } };
    provider: { aws: [{ assume_role: [{ role_arn: string }] }]; kubernetes: [{ exec: [{ args: string[] }] }] };
    data: { aws_ssm_parameter: Record<string, { name: string }> };
  };
  const { key, assume_role } = terraform.backend.s3;
  const objects = Object.values((json.resource ?? {}) as Record<string, Record<string, Body>>).flatMap(Object.values);
  return {
    stateKey: key,
    roles: [
      assume_role.role_arn,
      provider.aws[0].assume_role[0].role_arn,
      String(provider.kubernetes[0].exec[0].args.at(-1)),
    ],
    parameters: Object.values(data.aws_ssm_parameter).map((parameter) => parameter.name),
    namespaces: [...new Set(objects.flatMap(namespacesIn))],
    podRole: Object.values(resources("aws_iam_role")).map((role) => `${role.path}${role.name}`),
    reads: parsed(Object.values(resources("aws_iam_role_policy"))[0] ?? {}, "policy"),
  };
}

/** Every namespace that a resource names: its own, and those that a policy selects. */
function namespacesIn(body: Body): string[] {
  const texts = JSON.stringify(body).matchAll(/"(?:namespace|kubernetes\.io\/metadata\.name)":"([^"]+)"/g);
  return [...texts].map(([, name = ""]) => name);
}

test("three clusters, five environments, and where the clusters' states lie", () => {
  expect([...stacks.keys()].sort()).toEqual([
    "bootstrap",
    "cluster-lower",
    "cluster-ops",
    "cluster-prod",
    "dev",
    "ops",
    "prod",
    "qa",
    "staging",
  ]);
});

test("a cluster refuses in all its environments what reaches beyond one of them", () => {
  const release = stack("cluster-lower").only("helm_release");
  expect(release).toMatchObject({ name: "team-admission", namespace: "kube-system" });
  const values = JSON.parse(String((release.values as readonly string[])[0]));
  expect(JSON.stringify(values)).toContain('"operator":"In","values":["dev","qa","staging"]');
});

test("an environment is its release with what that needs, and nothing of a cluster", () => {
  for (const { name } of ENVIRONMENTS) {
    expect(stack(name).census).toEqual({
      aws_eks_pod_identity_association: 1,
      aws_iam_role: 1,
      aws_iam_role_policy: 1,
      helm_release: 1,
      kubernetes_network_policy_v1: 5,
      kubernetes_service_account_v1: 1,
    });
  }
});

test("a deploy of one environment waits for no other stack and reads no other state", () => {
  for (const environment of environments) {
    expect(environment.dependencies).toEqual([]);
    expect(JSON.stringify(stack(environment.node.id).json)).not.toContain("terraform_remote_state");
  }
});

test("dev has its own state, role, parameters, namespace and data", () => {
  expect(reach("dev")).toEqual({
    stateKey: "teams/dev/cluster-lower/dev/terraform.tfstate",
    roles: Array(3).fill("arn:aws:iam::111122223333:role/cluster-lower-dev-deploy"),
    parameters: ["/eks-platform/cluster-lower/dev/contract", "/eks-platform/cluster-lower/live"],
    namespaces: ["dev"],
    podRole: ["/eks-platform/cluster-lower/dev/lower-dev-surveillance"],
    reads: {
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::surveillance-reports-dev-111122223333/*" },
      ],
    },
  });
});

test("no two environments share a namespace of one cluster, a state, a role or data", () => {
  const all = ENVIRONMENTS.map(({ name, cluster }) => ({ cluster, ...reach(name) }));
  const apart = (of: (each: (typeof all)[number]) => string) => expect(new Set(all.map(of)).size).toBe(5);
  apart(({ stateKey }) => stateKey);
  apart(({ roles }) => [...new Set(roles)].join());
  apart(({ podRole }) => podRole.join());
  apart(({ reads }) => JSON.stringify(reads));
  apart(({ cluster, namespaces }) => `${cluster}/${namespaces.join()}`);
  expect(all.every(({ namespaces, roles }) => namespaces.length === 1 && new Set(roles).size === 1)).toBe(true);
});

test.each(LOWER)("what the cluster grants %s names no other environment of it", (name) => {
  const { resources } = stack("cluster-lower");
  const ofTenant = (type: string) =>
    Object.entries(resources(type))
      .filter(([id]) => id.includes(`Contract-${name}_`))
      .map(([, body]) => body);
  const [policy = {}] = ofTenant("aws_iam_role_policy");
  const [boundary = {}] = ofTenant("aws_iam_policy");
  const [parameter = {}] = ofTenant("aws_ssm_parameter");
  const granted = [policy.policy, boundary.policy, parameter.insecure_value].join("\n");
  expect(granted).toContain(`teams/${name}/cluster-lower/`);
  expect(granted).toContain(`surveillance-reports-${name}-111122223333`);
  const contract = JSON.parse(String(parameter.insecure_value)) as { namespaces: object };
  expect(Object.keys(contract.namespaces)).toEqual([name]);
  const others = LOWER.filter((each) => each !== name).join("|");
  // The stage is the cluster's, and there is one called "staging".
  expect(granted.replace(/"stage": "[a-z]+"/, "")).not.toMatch(new RegExp(`["/-](${others})["/-]`));
});

test("every role in the cluster is bound in one environment's namespace, to groups of that environment", () => {
  const bindings = Object.values(stack("cluster-lower").resources("kubernetes_role_binding_v1"));
  const pairs = bindings.flatMap(({ metadata, subject }) =>
    (subject as { name: string }[]).map(({ name }) => {
      const { namespace } = metadata as { namespace: string };
      return `${namespace.replace(/^\S+InCluster_Namespace-([a-z]+)_.*$/, "$1")}: ${name}`;
    }),
  );
  expect(pairs.sort()).toEqual([
    "dev: team:dev:deploy",
    "dev: team:dev:edit",
    "dev: team:dev:traffic",
    "qa: team:qa:deploy",
    "qa: team:qa:traffic",
    "qa: team:qa:view",
    "staging: team:staging:deploy",
    "staging: team:staging:traffic",
    "staging: team:staging:view",
  ]);
  expect(stack("cluster-lower").resources("kubernetes_cluster_role_binding_v1")).toEqual({});
});

test("the same application everywhere, with the environment's own tag, host, replicas and tags", () => {
  const facts = ENVIRONMENTS.map(({ name }) => {
    const [values = ""] = stack(name).only("helm_release").values as string[];
    const { image, ingress, autoscaling } = JSON.parse(values);
    const { Team, Environment, CostCenter } = stack(name).only("aws_iam_role").tags as Record<string, string>;
    const replicas = `${autoscaling.minReplicas}-${autoscaling.maxReplicas}`;
    return [Environment, image.tag, ingress.host, replicas, Team, CostCenter].join(" ");
  });
  expect(facts).toEqual([
    "dev 1.5.0-rc.2 surveillance.dev.example.com 1-2 dev epidemiology",
    "qa 1.5.0-rc.1 surveillance.qa.example.com 1-3 qa quality",
    "staging 1.4.2 surveillance.staging.example.com 2-4 staging epidemiology",
    "ops 1.4.2 surveillance.ops.example.com 1-2 ops platform",
    "prod 1.4.1 surveillance.prod.example.com 3-12 prod epidemiology",
  ]);
});
