import { CheckFailed } from "../../../../lib/testing/check-failed";
import { hasResource } from "../../../../lib/testing/resources/has-resource";
import { snapshotOf, snapshotText } from "../../../../lib/testing/snapshot/snapshot";

const secret = "Hunter2Hunter2";
const shown = (type: string, body: object) => snapshotOf({ resource: { [type]: { A: body } } }).resource;
const manifest = { kind: "Secret", apiVersion: "v1", data: { a: secret }, stringData: { b: secret } };
const yaml = (word: string) => `kind: Secret\nmetadata:\n  name: login\nstringData:\n  harmless: ${word}\n`;

test.each([
  ["aws_rds_cluster", { master_password_wo: secret }, { master_password_wo: "<secret>" }],
  ["aws_rds_cluster", { master_password_wo: '{"a":"b"}' }, { master_password_wo: "<secret>" }],
  ["aws_rds_cluster", { master_password_wo_version: 2 }, { master_password_wo_version: 2 }],
  [
    "kubernetes_manifest",
    { manifest },
    { manifest: { ...manifest, data: { a: "<secret>" }, stringData: { b: "<secret>" } } },
  ],
  [
    "kubernetes_manifest",
    { manifest: { kind: "ConfigMap", data: { a: "b" } } },
    { manifest: { kind: "ConfigMap", data: { a: "b" } } },
  ],
  ["kubectl_manifest", { yaml_body: yaml(secret) }, { yaml_body: yaml("<secret>") }],
  ["kubectl_manifest", { yaml_body: `kind: Secret\ndata: [${secret}\n` }, { yaml_body: "<secret>" }],
  ["kubectl_manifest", { yaml_body: "kind: Secret\ntype: Opaque\n" }, { yaml_body: "kind: Secret\ntype: Opaque\n" }],
  [
    "kubernetes_config_map_v1",
    { metadata: { annotations: { "kubectl.kubernetes.io/last-applied-configuration": JSON.stringify(manifest) } } },
    {
      metadata: {
        annotations: {
          "kubectl.kubernetes.io/last-applied-configuration": {
            "<json>": { ...manifest, data: { a: "<secret>" }, stringData: { b: "<secret>" } },
          },
        },
      },
    },
  ],
  [
    "kubernetes_config_map_v1",
    { data: { "app.properties": `db.password=${secret}`, url: "db.host=a" } },
    { data: { "app.properties": "<secret>", url: "db.host=a" } },
  ],
  [
    "kubernetes_pod_v1",
    { image: "vault-token:1.0", note: `db.password: ${secret}` },
    { image: "vault-token:1.0", note: "<secret>" },
  ],
  ["aws_instance", { user_data: `run --password ${secret} --on` }, { user_data: "run --password <secret> --on" }],
  ["aws_instance", { user_data: `run --api-key "${secret} x"` }, { user_data: "run --api-key <secret>" }],
  ["aws_instance", { user_data: `cd a; PGPASSWORD=${secret} psql` }, { user_data: "cd a; PGPASSWORD=<secret> psql" }],
  [
    "aws_instance",
    { user_data: "run --password-stdin --token $TOKEN A_TOKEN=$B" },
    { user_data: "run --password-stdin --token $TOKEN A_TOKEN=$B" },
  ],
  ["aws_instance", { user_data: `curl -H "Authorization: Bearer ${secret}" https://a` }, { user_data: "<secret>" }],
  ["aws_instance", { user_data: "Authorization: Basic dXNlcjpwYXNz" }, { user_data: "<secret>" }],
  ["aws_instance", { headers: { Authorization: "Basic dXNlcjpwYXNz" } }, { headers: { Authorization: "<secret>" } }],
  ["aws_instance", { note: "Bearer 0a1b2c3d4e5f" }, { note: "<secret>" }],
  ["aws_instance", { url: `https://h/x?token=${secret}` }, { url: "<secret>" }],
  ["aws_instance", { url: `https://h/x?a=b&sig=${secret}` }, { url: "<secret>" }],
  ["aws_instance", { user_data: `curl -fsu api:${secret} https://h` }, { user_data: "<secret>" }],
  [
    "aws_instance",
    { pw: secret, creds: secret, sshKey: secret },
    { pw: "<secret>", creds: "<secret>", sshKey: "<secret>" },
  ],
  ["aws_eks_node_group", { remote_access: { ec2_ssh_key: "Key1" } }, { remote_access: { ec2_ssh_key: "Key1" } }],
  ["local_sensitive_file", { filename: "a", content: secret }, { filename: "a", content: "<secret>" }],
  [
    "aws_ssm_parameter",
    { name: "/eks-platform/staging/live", insecure_value: '{"oidc":"x","token":"t"}', value: secret },
    {
      name: "/eks-platform/staging/live",
      insecure_value: { "<json>": { oidc: "x", token: "<secret>" } },
      value: "<secret>",
    },
  ],
  [
    "aws_ssm_parameter",
    { name: "/api/db-password", insecure_value: secret },
    { name: "/api/db-password", insecure_value: "<secret>" },
  ],
  ["aws_ssm_parameter", { name: "/api/size", insecure_value: "large" }, { name: "/api/size", insecure_value: "large" }],
])("%s %j is shown without its secrets", (type, body, expected) => {
  expect(shown(type, body)).toEqual({ [type]: { A: expected } });
  const snapshot = snapshotText({ resource: { [type]: { A: body } } });
  expect(snapshotText(JSON.parse(snapshot))).toBe(snapshot);
});

test("a block's name says that it is a secret", () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a reference of Terraform
  const reference = "${aws_a.b.c}";
  const blocks = {
    variable: { db_password: { default: secret, type: "string" }, size: { default: "large" } },
    output: {
      api_token: { value: secret },
      other_token: { value: reference },
      api_tokens: { value: { a: secret } },
    },
    locals: { password: secret, size: 3 },
    module: { secrets: { source: "./a", db_password: secret } },
  };
  expect(snapshotOf(blocks)).toMatchObject({
    variable: { db_password: { default: "<secret>", type: "string" }, size: { default: "large" } },
    output: {
      api_token: { value: "<secret>" },
      other_token: { value: reference },
      api_tokens: { value: { a: "<secret>" } },
    },
    locals: { password: "<secret>", size: 3 },
    module: { secrets: { source: "./a", db_password: "<secret>" } },
  });
});

test.each([
  ["aws_rds_cluster", { master_password_wo: secret }, { master_password_wo: "other" }],
  ["kubernetes_manifest", { manifest }, { manifest: { kind: "Other", data: { a: "other" } } }],
  ["kubectl_manifest", { yaml_body: yaml(secret) }, { yaml_body: "other" }],
  ["aws_instance", { user_data: `run --password ${secret}` }, { user_data: "other" }],
  ["aws_sqs_queue", { policy: JSON.stringify(manifest) }, { policy: "other" }],
])("a failure of hasResource for %s shows no secret", (type, body, expected) => {
  const check = () => hasResource({ resource: { [type]: { A: body } } }, type, expected);
  expect(check).toThrow(CheckFailed);
  expect(check).not.toThrow(secret);
});
