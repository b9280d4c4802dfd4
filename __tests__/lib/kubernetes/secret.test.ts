import { TerraformVariable } from "cdktf";
import { Faults } from "../../../lib/core/faults";
import { ClusterProviders } from "../../../lib/kubernetes/providers";
import { checkSecret, Secret, type SecretProps } from "../../../lib/kubernetes/secret";
import { testCluster } from "../../support/cluster";
import { messageOf, stackFaults } from "../../support/errors";
import { testNamespace } from "../../support/namespace";
import { testNamespace as madeNamespace } from "../../support/namespaces";
import { type Body, synthesize, testStack } from "../../support/synth";
import { aNumberToken, aToken } from "../../support/tokens";

const open = "$" + "{";
const options = { secretName: "credentials", variables: { JWT_SECRET: "jwt_secret" }, revision: 1 };

function scene() {
  const stack = testStack();
  new ClusterProviders(stack, "Providers", { cluster: testCluster(stack) });
  return { stack, namespace: testNamespace(stack) };
}

function variablesOf(json: Body): string[] {
  return Object.keys((json.variable ?? {}) as object);
}

function fault(props: Partial<SecretProps>): string {
  const { stack, namespace } = scene();
  return messageOf(() => new Secret(stack, "Credentials", { namespace, ...options, ...props }));
}

test("minimal: a Secret whose values are only written", () => {
  const { stack, namespace } = scene();
  new Secret(stack, "Credentials", { namespace, ...options });
  const synth = synthesize(stack);
  expect(synth.only("kubernetes_secret_v1")).toEqual({
    metadata: { name: "credentials", namespace: "genomics", labels: { "managed-by": "terraform" } },
    data_wo: { JWT_SECRET: `${open}var.jwt_secret}` },
    data_wo_revision: 1,
    lifecycle: { replace_triggered_by: [expect.stringMatching(/^terraform_data\.Credentials_Keys_\w+$/)] },
  });
  expect(variablesOf(synth.json)).toEqual(["jwt_secret"]);
  expect(synth.census).toEqual({
    kubernetes_secret_v1: 1, // the Secret
    terraform_data: 1, // replaces it with its keys
  });
});

test("maximal: in a namespace of the stack, with labels, and a variable for two keys", () => {
  const { stack } = scene();
  const variables = { "tls.key": "tls_key", TLS_KEY: "tls_key", token: "api_token" };
  new Secret(stack, "Credentials", {
    namespace: madeNamespace(stack, "genomics"),
    secretName: "api.credentials",
    variables,
    revision: 12,
    labels: { team: "genomics" },
  });
  const synth = synthesize(stack);
  expect(synth.only("kubernetes_secret_v1")).toMatchObject({
    metadata: {
      name: "api.credentials",
      namespace: expect.stringMatching(/kubernetes_namespace_v1\.genomics_\w+\.metadata\[0\]\.name/),
      labels: { "managed-by": "terraform", team: "genomics" },
    },
    data_wo: { "tls.key": `${open}var.tls_key}`, TLS_KEY: `${open}var.tls_key}`, token: `${open}var.api_token}` },
    data_wo_revision: 12,
  });
  expect(synth.only("terraform_data")).toEqual({ triggers_replace: variables });
  expect(variablesOf(synth.json)).toEqual(["api_token", "tls_key"]);
});

test("nothing makes it fixed, or keeps it: it can be made again", () => {
  const { stack, namespace } = scene();
  new Secret(stack, "Credentials", { namespace, ...options });
  const { immutable, lifecycle } = synthesize(stack).only("kubernetes_secret_v1");
  expect({ immutable, lifecycle }).toEqual({ lifecycle: { replace_triggered_by: expect.any(Array) } });
});

test("two Secrets share a variable", () => {
  const { stack, namespace } = scene();
  new Secret(stack, "One", { namespace, ...options });
  new Secret(stack, "Two", { namespace, ...options, secretName: "other", variables: { KEY: "jwt_secret" } });
  const synth = synthesize(stack);
  expect(variablesOf(synth.json)).toEqual(["jwt_secret"]);
  expect(Object.values(synth.resources("kubernetes_secret_v1")).map((body) => body.data_wo)).toEqual([
    { JWT_SECRET: `${open}var.jwt_secret}` },
    { KEY: `${open}var.jwt_secret}` },
  ]);
});

test("pods of the namespace wait for it, unless the namespace is of another stack", () => {
  const { stack, namespace } = scene();
  const { resource } = new Secret(stack, "Credentials", { namespace, ...options });
  expect(namespace.dependables).toEqual([resource]);
  new Secret(testStack(), "Credentials", { namespace, ...options });
  expect(namespace.dependables).toEqual([resource]);
});

test("what is changed in the props later changes nothing", () => {
  const { stack, namespace } = scene();
  const variables: Record<string, string> = { JWT_SECRET: "jwt_secret" };
  new Secret(stack, "Credentials", { namespace, ...options, variables });
  variables.CREDS_KEY = "creds_key";
  const synth = synthesize(stack);
  expect(synth.only("terraform_data")).toEqual({ triggers_replace: { JWT_SECRET: "jwt_secret" } });
  expect(variablesOf(synth.json)).toEqual(["jwt_secret"]);
});

test("a namespace has each Secret once", () => {
  const { stack, namespace } = scene();
  new Secret(stack, "One", { namespace, ...options });
  new Secret(stack, "Two", { namespace, ...options });
  new Secret(stack, "Three", { namespace: testNamespace(stack, "reports"), ...options });
  expect(stackFaults(stack)).toEqual([
    `'secretName' must not be that of test/One, got "genomics/credentials" at test/Two`,
  ]);
});

const NAME =
  "must name a Terraform variable: words of lower-case letters and digits, at most 24 each, with '_' between, beginning with a letter at test/Credentials; write the name, and give the value as TF_VAR_<name>";
const KEYS = "'variables' must have keys of letters, digits, '-', '_' and '.', at most 253 at test/Credentials";

test.each<[string, Partial<SecretProps>, string]>([
  [
    "a name that Kubernetes refuses",
    { secretName: "Credentials_1" },
    `'secretName' must be a Kubernetes name: lower-case letters, digits, '-' and '.', at most 253, got "Credentials_1" at test/Credentials`,
  ],
  [
    "a name that is known only at apply",
    { secretName: aToken() },
    "'secretName' must be known at synth, got a token at test/Credentials; write the value itself instead of another resource's attribute",
  ],
  ["no key", { variables: {} }, "'variables' must name at least one key at test/Credentials"],
  [
    "a password instead of a variable",
    { variables: { DB_PASSWORD: "Tr0ub4dor&3" } },
    `'variables.DB_PASSWORD' ${NAME}`,
  ],
  ["a value that is known only at apply", { variables: { TOKEN: aToken() } }, `'variables.TOKEN' ${NAME}`],
  [
    "values that are no text",
    { variables: { PORT: 5432, NONE: undefined } as unknown as Record<string, string> },
    `'variables.PORT' ${NAME}\n'variables.NONE' ${NAME}`,
  ],
  [
    "a word of Terraform's own",
    { variables: { COUNT: "count" } },
    `'variables.COUNT' must not be a word that Terraform keeps for itself, got "count" at test/Credentials`,
  ],
  [
    "keys that Kubernetes refuses, and does not repeat them",
    {
      variables: { good: "one", "Tr0ub4dor&3": "jwt_secret", "": "two", ".": "three", "..data": "four" },
    },
    [2, 3, 4, 5].map((number) => `${KEYS}; number ${number} is none`).join("\n"),
  ],
  ["a key of 254 characters", { variables: { ["k".repeat(254)]: "one" } }, `${KEYS}; number 1 is none`],
  [
    "a key and its value the wrong way round",
    { variables: { "Tr0ub4dor&3": "JWT_SECRET" } },
    `${KEYS}; number 1 is none\n'variables' ${NAME}`,
  ],
  ["revision NaN", { revision: Number.NaN }, "'revision' must be a number at test/Credentials"],
  ...[0, -1, 1.5].map((revision): [string, Partial<SecretProps>, string] => [
    `revision ${revision}`,
    { revision },
    `'revision' must be a whole number of at least 1, got ${JSON.stringify(revision)} at test/Credentials`,
  ]),
  [
    "a revision that is known only at apply",
    { revision: aNumberToken() },
    "'revision' must be known at synth, got a token at test/Credentials; write the value itself instead of another resource's attribute",
  ],
  [
    "a label that is none, and one that is set already",
    { labels: { team: "a b", "managed-by": "me" } },
    [
      `'labels.team' must be letters, digits, '-', '_' and '.', at most 63, and begin and end with a letter or digit, got "a b" at test/Credentials`,
      `'labels' must not set a label that this construct sets, got "managed-by" at test/Credentials`,
    ].join("\n"),
  ],
])("refuses %s", (_, props, message) => {
  expect(fault(props)).toBe(message);
});

test.each<[string, Readonly<Record<string, unknown>>, string]>([
  [
    "a list of variables, without a name, and a label that is no text",
    { secretName: undefined, variables: ["jwt_secret"], labels: { team: 5 } },
    [
      "'secretName' must be given at test/Credentials",
      "'variables' must be an object at test/Credentials",
      "'labels.team' must be text at test/Credentials",
    ].join("\n"),
  ],
  ["no variables", { variables: undefined }, "'variables' must be given at test/Credentials"],
  ["the name of a namespace", { namespace: "genomics" }, "'namespace' must be a Namespace at test/Credentials"],
  [
    "a property that is none",
    { data: { JWT_SECRET: "hunter2" } },
    "'data' is not a known property at test/Credentials; remove it or correct its name",
  ],
])("refuses %s, as plain JavaScript lets it through", (_, props, message) => {
  expect(fault(props as Partial<SecretProps>)).toBe(message);
});

test("refuses no props at all", () => {
  expect(messageOf(() => new Secret(testStack(), "Credentials", undefined as unknown as SecretProps))).toBe(
    "'props' must be given at test/Credentials",
  );
});

test("refuses a variable whose name something else in the stack has, with all other faults", () => {
  const { stack, namespace } = scene();
  new TerraformVariable(stack, "region", { type: "string" });
  const variables = { KEY: "region", REGION: "region", OTHER: "Other" };
  expect(messageOf(() => new Secret(stack, "Credentials", { namespace, ...options, variables, revision: 0 }))).toBe(
    [
      "'revision' must be a whole number of at least 1, got 0 at test/Credentials",
      `'variables.OTHER' ${NAME}`,
      `'variables.KEY' must not be the name of something else in the stack, got "test/region" at test/Credentials`,
      `'variables.REGION' must not be the name of something else in the stack, got "test/region" at test/Credentials`,
    ].join("\n"),
  );
  expect(variablesOf(synthesize(stack).json)).toEqual(["region"]);
});

test("takes every key that Kubernetes takes", () => {
  const variables = Object.fromEntries(["a", ".env", "A-b_c..d", "k".repeat(253)].map((key) => [key, "token"]));
  const faults = new Faults("staging");
  checkSecret(faults, { ...options, variables }, (name) => name);
  expect(faults.all).toEqual([]);
});

test("in a record the faults name the record's properties", () => {
  const faults = new Faults("staging");
  checkSecret(
    faults,
    { secretName: "", variables: { KEY: "Open Sesame" }, revision: 0 },
    (name) => `secrets[0].${name}`,
  );
  expect(faults.all.map(({ property }) => property)).toEqual([
    "secrets[0].secretName",
    "secrets[0].revision",
    "secrets[0].variables.KEY",
  ]);
});
