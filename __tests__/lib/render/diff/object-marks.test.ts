import { diffObjects } from "../../../../lib/render/diff/diff-objects";
import type { Mark } from "../../../../lib/render/diff/marks";
import type { KubernetesObject, SourcedObject } from "../../../../lib/render/objects/kubernetes-object";
import { configMap, deployment, object, sourced } from "./objects";

function marksOf(base: readonly SourcedObject[], head: readonly SourcedObject[]): Mark[] {
  return diffObjects(base, head).flatMap(({ marks }) => marks);
}

function marksBetween(base: KubernetesObject | undefined, head: KubernetesObject | undefined): Mark[] {
  return marksOf(base ? [sourced(base)] : [], head ? [sourced(head)] : []);
}

const IMAGE = "spec.template.spec.containers[api].image";
const DIGEST = `sha256:${"a".repeat(64)}`;

test.each<[string, string, string, Mark[]]>([
  ["nothing", "a:1", "a:1", []],
  ["its tag", "a:1", "a:2", [{ mark: "image", path: IMAGE, from: "a:1", to: "a:2", changed: ["tag"] }]],
  [
    "its registry, which has a port",
    "one.example.com:5000/a",
    "two.example.com:5000/a",
    [
      {
        mark: "image",
        path: IMAGE,
        from: "one.example.com:5000/a",
        to: "two.example.com:5000/a",
        changed: ["repository"],
      },
    ],
  ],
  [
    "its digest, which is gone",
    `a:1@${DIGEST}`,
    "a:1",
    [{ mark: "image", path: IMAGE, from: `a:1@${DIGEST}`, to: "a:1", changed: ["digest"] }],
  ],
  [
    "everything",
    "a:1",
    `b:2@${DIGEST}`,
    [{ mark: "image", path: IMAGE, from: "a:1", to: `b:2@${DIGEST}`, changed: ["repository", "tag", "digest"] }],
  ],
])("an image changes %s", (_, from, to, marks) => {
  expect(marksBetween(deployment({ image: from }), deployment({ image: to }))).toEqual(marks);
});

test("images of a new object and of a new container are marked, those of what is gone are not", () => {
  const mark = { mark: "image", path: IMAGE, to: "a:1", changed: [] };
  expect(marksBetween(undefined, deployment({ image: "a:1" }))).toEqual([mark]);
  expect(marksBetween(deployment({ image: "a:1" }), undefined)).toEqual([]);
  const sidecar = deployment({ pod: { initContainers: [{ name: "setup", image: "b:1" }] } });
  expect(marksBetween(deployment(), sidecar)).toEqual([
    { mark: "image", path: "spec.template.spec.initContainers[setup].image", to: "b:1", changed: [] },
  ]);
  expect(marksBetween(sidecar, deployment())).toEqual([]);
});

test("images are those of image volumes and of operators' own kinds, too, and no data of that name", () => {
  const volume = (reference: string) => deployment({ pod: { volumes: [{ name: "model", image: { reference } }] } });
  expect(marksBetween(volume("m:1"), volume("m:2"))).toEqual([
    {
      mark: "image",
      path: "spec.template.spec.volumes[model].image.reference",
      from: "m:1",
      to: "m:2",
      changed: ["tag"],
    },
  ]);
  const prometheus = (image: string) => object("monitoring.coreos.com/v1", "Prometheus", { spec: { image } });
  expect(marksBetween(prometheus("p:1"), prometheus("p:2"))).toEqual([
    { mark: "image", path: "spec.image", from: "p:1", to: "p:2", changed: ["tag"] },
  ]);
  expect(marksBetween(configMap({ image: "a:1" }), configMap({ image: "a:2" }))).toEqual([]);
});

test.each<[string, KubernetesObject, KubernetesObject, Mark[]]>([
  [
    "a number",
    deployment({ replicas: 2 }),
    deployment({ replicas: 3 }),
    [{ mark: "replicas", path: "spec.replicas", from: 2, to: 3 }],
  ],
  [
    "none, which makes it one",
    deployment({ replicas: 3 }),
    deployment({ replicas: null }),
    [{ mark: "replicas", path: "spec.replicas", from: 3 }],
  ],
  [
    "the limits of an autoscaler",
    object("autoscaling/v2", "HorizontalPodAutoscaler", { spec: { minReplicas: 1, maxReplicas: 3 } }),
    object("autoscaling/v2", "HorizontalPodAutoscaler", { spec: { minReplicas: 1, maxReplicas: 5 } }),
    [{ mark: "replicas", path: "spec.maxReplicas", from: 3, to: 5 }],
  ],
  ["a value deeper down", deployment({ pod: { replicas: 1 } }), deployment({ pod: { replicas: 2 } }), []],
])("replicas: %s", (_, base, head, marks) => {
  expect(marksBetween(base, head)).toEqual(marks);
});

test("requests and limits are marked one by one, new ones too", () => {
  const sized = (resources?: object) => deployment({ container: { resources } });
  const path = "spec.template.spec.containers[api].resources";
  expect(
    marksBetween(sized({ requests: { cpu: "100m" } }), sized({ requests: { cpu: "200m" }, limits: { memory: "1Gi" } })),
  ).toEqual([
    { mark: "resources", path: `${path}.limits.memory`, to: "1Gi" },
    { mark: "resources", path: `${path}.requests.cpu`, from: "100m", to: "200m" },
  ]);
  expect(marksBetween(sized({ requests: { cpu: "100m" } }), sized())).toEqual([
    { mark: "resources", path: `${path}.requests.cpu`, from: "100m" },
  ]);
  expect(marksBetween(sized({ claims: [{ name: "a" }] }), sized({ claims: [{ name: "b" }] }))).toEqual([]);
});

test.each<[string, KubernetesObject, string]>([
  [
    "a claim",
    object("v1", "PersistentVolumeClaim"),
    "the data of its volume, unless the volume's reclaim policy is Retain",
  ],
  ["a volume", object("v1", "PersistentVolume"), "the way to its data"],
  ["a namespace", object("v1", "Namespace"), "everything in it"],
  [
    "a custom resource definition",
    object("apiextensions.k8s.io/v1", "CustomResourceDefinition"),
    "every object of its kind, in the whole cluster",
  ],
  [
    "a StatefulSet",
    object("apps/v1", "StatefulSet"),
    "its pods, and its claims if its persistentVolumeClaimRetentionPolicy says so",
  ],
])("data goes with %s, unless Helm keeps it", (_, data, lost) => {
  expect(marksBetween(data, undefined)).toEqual([{ mark: "removed-data", lost }]);
  expect(marksBetween(undefined, data)).toEqual([]);
  const kept = { ...data, metadata: { ...data.metadata, annotations: { "helm.sh/resource-policy": "keep" } } };
  expect(marksBetween(kept, undefined)).toEqual([{ mark: "kept" }]);
  // Terraform knows nothing of Helm's annotation.
  expect(marksOf([sourced(kept, "platform")], [])).toEqual([{ mark: "removed-data", lost }]);
});

test("no data goes with a Deployment, a hook, or another kind of the same name", () => {
  const hook = object("v1", "PersistentVolumeClaim", {}, { annotations: { "helm.sh/hook": "pre-install" } });
  expect(marksBetween(deployment(), undefined)).toEqual([]);
  expect(marksBetween(hook, undefined)).toEqual([]);
  expect(marksBetween(object("example.com/v1", "Namespace"), undefined)).toEqual([]);
});

test("an object that another release has now is marked, with the data that goes when the first one lets go", () => {
  const claim = object("v1", "PersistentVolumeClaim");
  const moved = { mark: "moved", from: "genomics/old", to: "genomics/new" };
  const change = (thing: KubernetesObject) =>
    marksOf([sourced(thing, "genomics/old")], [sourced(thing, "genomics/new")]);
  expect(change(configMap({}))).toEqual([moved]);
  expect(change(claim)).toEqual([
    { mark: "removed-data", lost: "the data of its volume, unless the volume's reclaim policy is Retain" },
    moved,
  ]);
});

test.each<[string, object, object, Mark[]]>([
  [
    "less than before",
    { enforce: "restricted" },
    { enforce: "baseline" },
    [
      {
        mark: "pod-security-loosened",
        label: "pod-security.kubernetes.io/enforce",
        from: "restricted",
        to: "baseline",
      },
    ],
  ],
  [
    "nothing any more",
    { enforce: "baseline", warn: "restricted" },
    { enforce: "baseline" },
    [{ mark: "pod-security-loosened", label: "pod-security.kubernetes.io/warn", from: "restricted", to: "privileged" }],
  ],
  [
    "an older version of the rules",
    { enforce: "restricted", "enforce-version": "latest" },
    { enforce: "restricted", "enforce-version": "v1.30" },
    [
      {
        mark: "pod-security-loosened",
        label: "pod-security.kubernetes.io/enforce-version",
        from: "latest",
        to: "v1.30",
      },
    ],
  ],
  ["more than before", { enforce: "baseline" }, { enforce: "restricted", audit: "baseline" }, []],
  ["a newer version", { "enforce-version": "v1.9" }, { "enforce-version": "v1.10" }, []],
  ["a version where none was said", { enforce: "baseline" }, { enforce: "baseline", "enforce-version": "v1.35" }, []],
])("Pod Security asks for %s", (_, before, after, marks) => {
  const namespace = (labels: object) => {
    const named = Object.entries(labels).map(([mode, level]) => [`pod-security.kubernetes.io/${mode}`, level]);
    return object("v1", "Namespace", {}, { name: "genomics", labels: Object.fromEntries(named) });
  };
  expect(marksBetween(namespace(before), namespace(after))).toEqual(marks);
});

test("the loudest mark comes first", () => {
  const set = (image: string, serviceName: string, replicas: number) =>
    object("apps/v1", "StatefulSet", {
      spec: { replicas, serviceName, template: { spec: { containers: [{ name: "db", image }] } } },
    });
  expect(marksBetween(set("db:1", "one", 1), set("db:2", "two", 2)).map(({ mark }) => mark)).toEqual([
    "immutable",
    "image",
    "replicas",
  ]);
});
