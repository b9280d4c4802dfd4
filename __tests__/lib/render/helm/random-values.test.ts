import { withoutRandom } from "../../../../lib/render/helm/random-values";

const file = "a/templates/a.yaml";
const configMap = (data: object) => ({
  file,
  object: { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" }, data },
});

test.each([
  ["x7Fa", "Q1bc", "random"],
  ["job-x7f-a", "job-q1b-a", "job-random-a"],
  ["0d1e-22aa-4f", "9b1c-22aa-77", "random"],
  [
    "-----BEGIN KEY-----\nabc\ndef\n-----END KEY-----\n",
    "-----BEGIN KEY-----\nxyz\nuvw\n-----END KEY-----\n",
    "-----BEGIN KEY-----\nrandom\n-----END KEY-----\n",
  ],
  ["a b c", "a b", "random"],
  ["same", "same", "same"],
])("of %j and %j stays %j", (once, again, expected) => {
  expect(withoutRandom([configMap({ key: once })], [configMap({ key: again })])).toEqual([
    configMap({ key: expected }),
  ]);
});

test("what only a secret or a certificate may hold stays base64", () => {
  const secret = (password: string, ca: string) => ({
    file,
    object: {
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "a" },
      data: { password },
      webhooks: [{ clientConfig: { caBundle: ca } }],
    },
  });
  expect(withoutRandom([secret("YWJj", "ZGVm")], [secret("eHl6", "dXZ3")])).toEqual([secret("cmFuZG9t", "cmFuZG9t")]);
});

test("numbers, and objects that come only once, stay as they are", () => {
  expect(withoutRandom([configMap({ port: 31001 }), configMap({ b: "1" })], [configMap({ port: 31999 })])).toEqual([
    configMap({ port: 31001 }),
    configMap({ b: "1" }),
  ]);
});
