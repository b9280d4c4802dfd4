import { readFileSync } from "node:fs";
import { local } from "../../stacks/local-environment";
import { stackIn, synthesizePlatform, synthesizeStack } from "../support/platform";
import type { Body } from "../support/synth";

/** A release of the stack by its name. */
function releaseNamed(name: string): Body {
  const release = Object.values(stack.resources("helm_release")).find((each) => each.name === name);
  if (!release) throw new Error(`no release ${name}`);
  return release;
}

const stack = stackIn(synthesizePlatform({ stateStores: [], environments: [local] }), "local");

test("an environment by kubeconfig needs nothing of AWS, not even a provider or a state store", () => {
  expect(Object.keys(stack.json.provider as Body)).toEqual(["helm", "kubernetes"]);
  expect(stack.addresses.filter((address) => address.startsWith("aws_"))).toEqual([]);
  expect(JSON.stringify(stack.json)).not.toMatch(/amazonaws|arn:aws|"aws"/);
});

test("it has no kind of resource that staging does not have: only the providers are others", () => {
  const staging = synthesizeStack("staging");
  expect(Object.keys(stack.census).filter((type) => !(type in staging.census))).toEqual([]);
});

test("its providers go to the named context of the named file, and to no other cluster", () => {
  const connection = { config_path: "~/.kube/config", config_context: "minikube" };
  expect(stack.json.provider).toEqual({ kubernetes: [connection], helm: [{ kubernetes: connection }] });
});

test("the command to look around names the file that kubectl would not find by itself", () => {
  const value = (path: string) => {
    const config = { ...local, kubeconfig: { path, context: "minikube" } };
    const { json } = stackIn(synthesizePlatform({ stateStores: [], environments: [config] }), "local");
    return (json.output as Readonly<Record<string, Body>>).look_around?.value;
  };
  expect(value("~/.kube/config")).toBe("kubectl --context minikube get pods --all-namespaces");
  expect(value("kc/config")).toBe("kubectl --kubeconfig kc/config --context minikube get pods --all-namespaces");
});

test("two environments in one cluster hold their teams back apart: by policies and releases of their own", () => {
  const shared = ["wards", "labs"].map((name) => ({
    ...local,
    name,
    inCluster: {
      namespaces: [{ namespaceName: name }],
      teams: [{ teamName: name, namespaces: [name] }],
      releases: [],
    },
  }));
  const stacks = synthesizePlatform({ stateStores: [], environments: shared });
  for (const name of ["wards", "labs"]) {
    const release = stackIn(stacks, name).only("helm_release");
    expect(release).toMatchObject({ name: `team-admission-${name}`, namespace: "kube-system" });
    const { resources } = JSON.parse(String((release.values as readonly string[])[0]));
    expect(Object.values<Body>(resources).map(({ metadata }) => metadata)).toEqual(
      Array(2).fill({ name: `eks-platform-team-admission-${name}` }),
    );
    expect(JSON.stringify(resources)).toContain(`"values":["${name}"]`);
  }
});

test("what it wants to be told is ephemeral, sensitive and has no default", () => {
  const variables = stack.json.variable as Readonly<Record<string, Body>>;
  expect(Object.keys(variables).sort()).toEqual([
    "creds_iv",
    "creds_key",
    "jwt_refresh_secret",
    "jwt_secret",
    "meili_master_key",
    "mongo_uri",
    "mongodb_password",
    "mongodb_root_password",
  ]);
  for (const variable of Object.values(variables)) {
    expect(variable).toMatchObject({ ephemeral: true, sensitive: true, type: "string" });
    expect(variable).not.toHaveProperty("default");
  }
});

test("LibreChat comes after Ollama, its Secrets and all that its namespace lets through", () => {
  const release = releaseNamed("librechat");
  const before = release.depends_on as readonly string[];
  expect(before.filter((address) => address.startsWith("helm_release."))).toHaveLength(1);
  expect(before.filter((address) => address.startsWith("kubernetes_secret_v1."))).toHaveLength(3);
  expect(before.filter((address) => address.startsWith("kubernetes_network_policy_v1.")).length).toBeGreaterThan(6);
  expect(release).toMatchObject({ version: "1.5.0", wait: true, timeout: 900 });
});

test("Ollama's GPU is off, in one place", () => {
  const release = releaseNamed("ollama");
  const values = JSON.parse(String((release.values as readonly string[])[0])) as { ollama: Body };
  expect(values.ollama.gpu).toEqual({ enabled: false });
  expect(release).toMatchObject({ version: "1.41.0", wait: true, timeout: 3600 });
  expect(readFileSync("stacks/values/ollama.yaml", "utf8")).not.toMatch(/^\s*gpu:/m);
});
