import { formatText } from "../../../../lib/render/diff/format-text";
import { configMap, object, sourced } from "./objects";
import { large, report, small } from "./reports";

test("an object of each change", () => {
  expect(formatText(small)).toBe(`staging: 1 changed, 1 added, 1 removed
  + ConfigMap genomics/flags                              (genomics/api)
  - PersistentVolumeClaim genomics/data  removed-data     (genomics/api)
      ! removed-data: takes along the data of its volume, unless the volume's reclaim policy is Retain
  ~ apps/Deployment genomics/api         image, replicas  (genomics/api)
      spec.replicas             2 → 3
      containers[api].image     registry.example.com/api:1.4.0 → 1.5.0

Needs an explicit yes:
  removed-data: PersistentVolumeClaim genomics/data
To say yes: --allow removed-data

Immutable fields are marked from a list of known ones; there are others.
`);
});

test("releases, Secrets, long texts, and what must stand out", () => {
  expect(formatText(large)).toBe(`staging: 6 changed, 1 added; releases: 1 reinstalled, 2 changed, 1 added, 1 removed
  ! release clinical/web                         reinstall
      ! reinstall: it was genomics/web; Helm can neither rename nor move a release, so the old one is uninstalled and this one installed anew: downtime, and what the old one stored is not taken along
  ~ release genomics/api                         chart, chart-version
      chart                     oci://registry.example.com/charts/api → api
      version                   1.2.0 → 1.3.0
      values                    image.tag, replicas
  + release genomics/new
  - release genomics/old
  ~ release genomics/tool
      values                    debug (nothing that is rendered from them differs)
  ~ ConfigMap genomics/settings                                        (clinical/web)
      data["app.conf"]
        one
      - two
      + 2
        three
  ~ Secret genomics/login                                              (genomics/api)
      stringData.password       (changed)
  ~ Service genomics/api                         immutable             (genomics/api)
      ! immutable: spec.clusterIP cannot be changed, the upgrade fails; see https://github.com/kubernetes/kubernetes/blob/v1.35.4/pkg/apis/core/validation/validation.go#L9109
      spec.clusterIP            10.0.0.1 → 10.0.0.2
  + apps/Deployment genomics/api                 image                 (genomics/api)
      containers[api].image     other.example.com/api:1
  ~ rbac.authorization.k8s.io/Role genomics/api  rbac-widened          (platform)
      ! rbac-widened: list pods
      rules
      - {apiGroups: [""], resources: [pods], verbs: [get]}
      + {apiGroups: [""], resources: [pods], verbs: [get, list]}
  ~ 2 objects differ only in their version labels: ConfigMap genomics/a, ConfigMap genomics/b (genomics/api)

Needs an explicit yes:
  reinstall: clinical/web
  immutable: Service genomics/api
To say yes: --allow reinstall,immutable

Immutable fields are marked from a list of known ones; there are others.
`);
});

test("colours: what needs an explicit yes is red as a whole", () => {
  const shown = formatText(small, { colour: true }).replaceAll("\u001b", "ESC");
  expect(shown).toBe(`ESC[1mstaging: 1 changed, 1 added, 1 removedESC[0m
  ESC[32m+ ConfigMap genomics/flags           ESC[0m                   (genomics/api)
  ESC[1;31m- PersistentVolumeClaim genomics/dataESC[0m  ESC[1;31mremoved-data     (genomics/api)ESC[0m
      ESC[33m! removed-data: takes along the data of its volume, unless the volume's reclaim policy is RetainESC[0m
  ESC[36m~ apps/Deployment genomics/api       ESC[0m  image, replicas  (genomics/api)
      spec.replicas             2 → 3
      containers[api].image     registry.example.com/api:1.4.0 → 1.5.0

ESC[1;31mNeeds an explicit yes:ESC[0m
  removed-data: PersistentVolumeClaim genomics/data
To say yes: --allow removed-data

Immutable fields are marked from a list of known ones; there are others.
`);
});

test("no difference", () => {
  expect(formatText(report([], []))).toBe("staging: no difference\n");
});

test("a whole environment", () => {
  const namespace = sourced(object("v1", "Namespace", {}, { name: "genomics" }), "platform");
  expect(
    formatText(report([], [namespace], { environmentChange: "added" })),
  ).toBe(`staging: the environment is added; 1 added
  + Namespace genomics  (platform)

Immutable fields are marked from a list of known ones; there are others.
`);
  expect(formatText(report([], [], { environmentChange: "removed" }))).toBe("staging: the environment is removed\n");
});

test("a rendered text cannot play with the terminal", () => {
  const [base, head] = ["one\n", "\u001b[2Jtwo\u202e\n"].map((text) => [
    sourced(configMap({ text }, { name: "a\u001b[31m" })),
  ]);
  expect(formatText(report(base ?? [], head ?? []))).toBe(`staging: 1 changed
  ~ ConfigMap genomics/a\\u{1b}[31m  (genomics/api)
      data.text
      - one
      + \\u{1b}[2Jtwo\\u{202e}

Immutable fields are marked from a list of known ones; there are others.
`);
});

test("what Terraform makes itself has no upgrade that could fail", () => {
  const storage = (type: string) => [
    sourced(object("storage.k8s.io/v1", "StorageClass", { parameters: { type } }, { name: "fast" }), "platform"),
  ];
  expect(formatText(report(storage("gp2"), storage("gp3")))).toContain(
    "      ! immutable: parameters cannot be changed, Terraform replaces the object or fails; see https://github.com/",
  );
});
