import type { CustomResource } from "../../lib/helm/custom-resource";
import { stackReleases } from "../../lib/render/stack/stack-releases";
import { waitFor } from "../engines/waiting";
import { expect, expectSame } from "../expect";
import type { Cluster } from "./cluster";
import { customResourcesStack } from "./custom-resources-stack";
import { failed, Helm, type HelmPlan, planOf, succeeded } from "./helm";
import type { Made } from "./made";
import { CUSTOM_RESOURCE, DEFINITION } from "./schema-table";

const NAMESPACE = "cluster-run-samples";
const DEFINITION_PATH = `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${DEFINITION.metadata.name}`;

const { apiVersion, kind, spec } = CUSTOM_RESOURCE as unknown as CustomResource & { readonly spec: object };
const sample = (name: string, changes: object = {}) =>
  ({ apiVersion, kind, metadata: { name }, spec: { ...spec, ...changes } }) as CustomResource;

/** A release with a kind, then objects of the kind: made, changed, one of them left out, and removed; without the kind they are refused. */
export async function customResourcesLive(cluster: Cluster, made: Made): Promise<string> {
  await made.namespace(NAMESPACE);
  const helm = new Helm(cluster);
  // Text is no template, and a plan of Terraform's is none either.
  // biome-ignore lint/suspicious/noTemplateCurlyInString: Terraform's mark, and not of this language
  const odd = { labels: { note: "{{ .Values.none }} ${none} %{none}" } };
  const [definitions, first] = plans(cluster, [sample("one", odd), sample("two")]);
  const reason = failed(await helm.install(first), "custom resources before their kind");
  expect(reason.includes("no matches for kind"), "the missing kind to be named", reason);

  succeeded(await helm.install(definitions));
  succeeded(await helm.install(first));
  expectSame(await stored(cluster), { one: { ...spec, ...odd }, two: spec }, "the objects of the first revision");

  const [, second] = plans(cluster, [sample("one", { reads: 200 }), sample("three")]);
  succeeded(await helm.upgrade(second));
  expectSame(
    await stored(cluster),
    { one: { ...spec, reads: 200 }, three: spec },
    "the objects of the second revision",
  );

  const [, wrong] = plans(cluster, [sample("one", { reads: "many" })]);
  const refusal = failed(await helm.upgrade(wrong), "an object that breaks its schema");
  expect(refusal.includes("spec.reads"), "the field to be named", refusal);
  expectSame(await stored(cluster), { one: { ...spec, reads: 200 }, three: spec }, "the objects after the refusal");

  succeeded(await helm.uninstall(second));
  expectSame(await stored(cluster), {}, "the objects after the removal");
  succeeded(await helm.uninstall(definitions));
  await waitFor(async () => (await cluster.http.get(DEFINITION_PATH)).status === 404, {
    seconds: 30,
    what: "the end of the kind",
  });
  return "refused before the kind, made, changed, a wrong one taken back, removed, then the kind";
}

/** Both releases as Terraform has them, in the order that it keeps. */
function plans(cluster: Cluster, resources: readonly CustomResource[]): [HelmPlan, HelmPlan] {
  const stack = customResourcesStack(NAMESPACE, cluster.version, resources);
  const { releases } = stackReleases(stack);
  const definitions = releases.find(({ after }) => after.length === 0);
  const samples = releases.find(({ after }) => definitions && after.includes(definitions.source));
  if (!definitions || !samples) throw new Error("the stack has no order of its releases");
  return [planOf(stack, definitions), planOf(stack, samples)];
}

async function stored(cluster: Cluster): Promise<Record<string, unknown>> {
  const { body } = await cluster.http.get(`/apis/${apiVersion}/namespaces/${NAMESPACE}/samples`);
  const items = (body.items ?? []) as { metadata: { name: string }; spec: object }[];
  return Object.fromEntries(items.map((item) => [item.metadata.name, item.spec]));
}
