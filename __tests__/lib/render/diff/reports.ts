import { openAsks } from "../../../../lib/render/diff/asks";
import { diffObjects } from "../../../../lib/render/diff/diff-objects";
import { diffReleases } from "../../../../lib/render/diff/diff-releases";
import type { DiffReport } from "../../../../lib/render/diff/diff-report";
import type { SourcedObject } from "../../../../lib/render/objects/kubernetes-object";
import { configMap, deployment, object, sourced } from "./objects";

/** What the formats get for two renderings. */
export function report(
  base: readonly SourcedObject[],
  head: readonly SourcedObject[],
  more: Partial<DiffReport> = {},
): DiffReport {
  const difference = { releases: [], objects: diffObjects(base, head), ...more };
  return { environment: "staging", asks: openAsks(difference, {}), ...difference };
}

const claim = object("v1", "PersistentVolumeClaim", {}, { name: "data" });

/** One object of each change. */
export const small = report(
  [sourced(deployment()), sourced(claim)],
  [
    sourced(deployment({ image: "registry.example.com/api:1.5.0", replicas: 3 })),
    sourced(configMap({}, { name: "flags" })),
  ],
);

const CHART = "oci://registry.example.com/charts/api";
const labelled = (name: string, version: string) =>
  sourced(configMap({}, { name, labels: { "helm.sh/chart": `api-${version}`, "app.kubernetes.io/version": version } }));
const settings = (text: string) => sourced(configMap({ "app.conf": text }, { name: "settings" }), "clinical/web");
const password = (value: string) =>
  sourced(object("v1", "Secret", { stringData: { password: value } }, { name: "login" }));
const role = (verbs: string[]) =>
  sourced(
    object("rbac.authorization.k8s.io/v1", "Role", { rules: [{ apiGroups: [""], resources: ["pods"], verbs }] }),
    "platform",
  );

/** Releases, Secrets, long texts and what else there is to say. */
export const large = report(
  [
    labelled("a", "1.2.0"),
    labelled("b", "1.2.0"),
    settings("one\ntwo\nthree\n"),
    password("old"),
    role(["get"]),
    sourced(object("v1", "Service", { spec: { clusterIP: "10.0.0.1" } })),
  ],
  [
    labelled("a", "1.3.0"),
    labelled("b", "1.3.0"),
    settings("one\n2\nthree\n"),
    password("new"),
    role(["get", "list"]),
    sourced(object("v1", "Service", { spec: { clusterIP: "10.0.0.2" } })),
    sourced(deployment({ image: "other.example.com/api:1" })),
  ],
  {
    releases: diffReleases(
      [
        { source: "genomics/api", chart: CHART, version: "1.2.0", values: { replicas: 1, image: { tag: "1" } } },
        { source: "genomics/web", chart: "web", version: "1.0.0", values: {} },
        { source: "genomics/tool", chart: "tool", version: "1.0.0", values: { debug: true } },
        { source: "genomics/old", chart: "old", values: {} },
      ],
      [
        { source: "genomics/api", chart: "api", version: "1.3.0", values: { replicas: 2, image: { tag: "2" } } },
        { source: "clinical/web", chart: "web", version: "1.0.0", values: {} },
        { source: "genomics/tool", chart: "tool", version: "1.0.0", values: { debug: false } },
        { source: "genomics/new", chart: "new", values: {} },
      ],
    ),
  },
);
