import { diffFields } from "../../../../lib/render/diff/diff-fields";
import type { FieldChange } from "../../../../lib/render/diff/environment-diff";
import { configMap, deployment, object } from "./objects";

test.each<[string, Parameters<typeof diffFields>, FieldChange[]]>([
  ["equal objects", [deployment(), deployment()], []],
  ["keys in another order", [configMap({ a: "1", b: "2" }), configMap({ b: "2", a: "1" })], []],
  ["null, which Kubernetes reads as nothing", [configMap({ a: null }), configMap({})], []],
  ["a namespace that a chart writes out", [configMap({}), configMap({}, { namespace: "genomics" })], []],
  [
    "a value, with the name of its container",
    [deployment({ image: "a:1" }), deployment({ image: "a:2" })],
    [{ path: "spec.template.spec.containers[api].image", from: "a:1", to: "a:2" }],
  ],
  [
    "a text that becomes a number",
    [deployment({ replicas: "2" }), deployment({ replicas: 2 })],
    [{ path: "spec.replicas", from: "2", to: 2 }],
  ],
  [
    "a key with a dot",
    [configMap({ "app.conf": "a" }), configMap({ "app.conf": "b" })],
    [{ path: 'data["app.conf"]', from: "a", to: "b" }],
  ],
  [
    "what is new as a whole, and what is gone",
    [deployment({ pod: { tolerations: [{ key: "gpu" }] } }), deployment({ pod: { nodeSelector: { disk: "ssd" } } })],
    [
      { path: "spec.template.spec.nodeSelector", to: { disk: "ssd" } },
      { path: "spec.template.spec.tolerations", from: [{ key: "gpu" }] },
    ],
  ],
  [
    "labels that are new as a whole, each of them",
    [configMap({}), configMap({}, { labels: { app: "api", team: "genomics" } })],
    [
      { path: "metadata.labels.app", to: "api" },
      { path: "metadata.labels.team", to: "genomics" },
    ],
  ],
  [
    "a list of plain values, as one",
    [deployment({ container: { args: ["--a", "--b"] } }), deployment({ container: { args: ["--a", "--c"] } })],
    [{ path: "spec.template.spec.containers[api].args", from: ["--a", "--b"], to: ["--a", "--c"] }],
  ],
  [
    "maps without a name, as one",
    [
      object("rbac.authorization.k8s.io/v1", "Role", { rules: [{ verbs: ["get"] }] }),
      object("rbac.authorization.k8s.io/v1", "Role", { rules: [{ verbs: ["get", "list"] }] }),
    ],
    [{ path: "rules", from: [{ verbs: ["get"] }], to: [{ verbs: ["get", "list"] }] }],
  ],
  [
    "keys that JavaScript has on every object",
    [configMap({ constructor: "a" }), configMap({ toString: "b" })],
    [
      { path: "data.constructor", from: "a" },
      { path: "data.toString", to: "b" },
    ],
  ],
])("fields: %s", (_, [base, head], changes) => {
  expect(diffFields(base, head)).toEqual(changes);
});

test.each<[string, object[], object[], FieldChange[]]>([
  [
    "an item in front moves nothing",
    [{ name: "B", value: "1" }],
    [
      { name: "A", value: "0" },
      { name: "B", value: "2" },
    ],
    [
      { path: "spec.items[A]", to: { name: "A", value: "0" } },
      { path: "spec.items[B].value", from: "1", to: "2" },
    ],
  ],
  [
    "another order of the same items is a change of its own",
    [{ name: "A" }, { name: "B" }, { name: "C" }],
    [{ name: "B" }, { name: "A" }],
    [
      { path: "spec.items[C]", from: { name: "C" } },
      { path: "spec.items", from: ["A", "B", "C"], to: ["B", "A"], order: true },
    ],
  ],
  [
    "mounts of one volume, by where they are mounted",
    [
      { name: "data", mountPath: "/a" },
      { name: "data", mountPath: "/b", readOnly: true },
    ],
    [
      { name: "data", mountPath: "/a" },
      { name: "data", mountPath: "/b" },
    ],
    [{ path: "spec.items[/b].readOnly", from: true }],
  ],
  [
    "ports of a container, by number and protocol",
    [{ containerPort: 53 }, { containerPort: 53, protocol: "UDP" }],
    [{ containerPort: 53, protocol: "UDP", hostPort: 53 }, { containerPort: 53 }],
    [
      { path: "spec.items[53/UDP].hostPort", to: 53 },
      { path: "spec.items", from: ["53/TCP", "53/UDP"], to: ["53/UDP", "53/TCP"], order: true },
    ],
  ],
  [
    "ports of a Service without names",
    [{ port: 80, targetPort: 8000 }],
    [{ port: 80, targetPort: 8080 }],
    [{ path: "spec.items[80/TCP].targetPort", from: 8000, to: 8080 }],
  ],
  [
    "claim templates, by the name in their metadata",
    [{ metadata: { name: "data" }, spec: { size: 1 } }],
    [{ metadata: { name: "data" }, spec: { size: 2 } }],
    [{ path: "spec.items[data].spec.size", from: 1, to: 2 }],
  ],
  [
    "rules of an Ingress, by host",
    [{ host: "a.example.com", http: {} }],
    [{ host: "b.example.com", http: {} }],
    [
      { path: "spec.items[a.example.com]", from: { host: "a.example.com", http: {} } },
      { path: "spec.items[b.example.com]", to: { host: "b.example.com", http: {} } },
    ],
  ],
  [
    "items that share every name, as one list",
    [{ name: "a" }, { name: "a" }],
    [{ name: "a" }],
    [{ path: "spec.items", from: [{ name: "a" }, { name: "a" }], to: [{ name: "a" }] }],
  ],
  [
    "a name with a space, in quotes",
    [{ name: "a b", v: 1 }],
    [{ name: "a b", v: 2 }],
    [{ path: 'spec.items["a b"].v', from: 1, to: 2 }],
  ],
])("lists: %s", (_, base, head, changes) => {
  const list = (items: object[]) => object("example.com/v1", "Example", { spec: { items } });
  expect(diffFields(list(base), list(head))).toEqual(changes);
});

function secret(fields: object): ReturnType<typeof object> {
  return object("v1", "Secret", fields);
}

test.each<[string, Parameters<typeof diffFields>, FieldChange[]]>([
  [
    "values that change, come and go",
    [secret({ data: { a: "b2xk", b: "b2xk" } }), secret({ data: { a: "bmV3", c: "bmV3" } })],
    [
      { path: "data.a", hidden: "changed" },
      { path: "data.b", hidden: "removed" },
      { path: "data.c", hidden: "added" },
    ],
  ],
  [
    "all data that comes, or goes",
    [secret({ data: { a: "b2xk" } }), secret({ stringData: { a: "new" } })],
    [
      { path: "data.a", hidden: "removed" },
      { path: "stringData.a", hidden: "added" },
    ],
  ],
  [
    "data that is no map",
    [secret({ data: "b2xk", stringData: {} }), secret({ data: "bmV3", stringData: ["new"] })],
    [
      { path: "data", hidden: "changed" },
      { path: "stringData", hidden: "changed" },
    ],
  ],
  [
    "maps and lists below a key",
    [secret({ data: { a: { b: "old" } } }), secret({ data: { a: [{ b: "new" }] } })],
    [{ path: "data.a", hidden: "changed" }],
  ],
  [
    "the copy that kubectl keeps of the whole",
    [
      secret({}),
      secret({ metadata: { name: "api", annotations: { "kubectl.kubernetes.io/last-applied-configuration": "{}" } } }),
    ],
    [{ path: 'metadata.annotations["kubectl.kubernetes.io/last-applied-configuration"]', hidden: "added" }],
  ],
  [
    "what is no value",
    [secret({ type: "Opaque" }), secret({ type: "example.com/key" })],
    [{ path: "type", from: "Opaque", to: "example.com/key" }],
  ],
  [
    "another kind of the same name",
    [
      object("example.com/v1", "Secret", { data: { a: "old" } }),
      object("example.com/v1", "Secret", { data: { a: "new" } }),
    ],
    [{ path: "data.a", from: "old", to: "new" }],
  ],
])("secrets: %s", (_, [base, head], changes) => {
  expect(diffFields(base, head)).toEqual(changes);
});

test("an annotation that is nothing but a hash says no more than that it changed", () => {
  const hashed = (annotations: object) => configMap({}, { annotations });
  const [one, other] = ["a".repeat(64), `sha256:${"b".repeat(64)}`];
  expect(
    diffFields(
      hashed({ "checksum/config": one, "checksum/gone": one, note: "abc" }),
      hashed({ "checksum/config": other, "checksum/new": one, note: "def" }),
    ),
  ).toEqual([
    { path: 'metadata.annotations["checksum/config"]', hidden: "changed" },
    { path: 'metadata.annotations["checksum/gone"]', hidden: "removed" },
    { path: 'metadata.annotations["checksum/new"]', hidden: "added" },
    { path: "metadata.annotations.note", from: "abc", to: "def" },
  ]);
});
