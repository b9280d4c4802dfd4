import { resolve } from "node:path";
import { checkPodSecurity } from "../../../lib/render/checks/check-pod-security";
import { checkSchemas } from "../../../lib/render/checks/check-schema";
import type { Finding } from "../../../lib/render/checks/finding";
import type { KubernetesObject, SourcedObject } from "../../../lib/render/objects/kubernetes-object";
import { readYaml } from "../../../lib/render/objects/kubernetes-yaml";
import { helmTemplate, helmTemplateAs } from "../../support/helm";

// Helm may be slow on a busy machine.
jest.setTimeout(60_000);

export const CHART = resolve("charts", "syndromic-surveillance-api");
const KUBERNETES = "1.35";

/** The fewest values that the chart takes. */
export const image = { repository: "registry.example.com/api", tag: "1.4.2" };
export const database = {
  host: "postgres.example.com",
  name: "surveillance",
  user: "api",
  existingSecret: { name: "surveillance-database" },
};

export type Rendered = readonly KubernetesObject[];

/** What Helm makes of the chart as the release `release`, with an image that values may change. */
export function render(values: object = {}): Rendered {
  return objectsOf(renderText({ image, ...values }));
}

export function renderText(values: object): string {
  return helmTemplate(CHART, JSON.stringify(values));
}

export function objectsOf(text: string): Rendered {
  return readYaml(text).flatMap(({ value, error, repeatedKey }) => {
    if (error ?? repeatedKey) throw new Error(`${error ?? `${repeatedKey} is there twice`} in\n${text}`);
    return value === undefined || value === null ? [] : [value as KubernetesObject];
  });
}

/** Kinds and names, for example `Job release-syndromic-surveillance-api-migrate`, in order of the alphabet. */
export function identities(objects: Rendered): string[] {
  return objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`).sort();
}

// biome-ignore lint/suspicious/noExplicitAny: a test reads fields of any object of Kubernetes, and fails where one is not there
export type Fields = any;

/** The only object of a kind, or of those whose name ends with a text. */
export function only(objects: Rendered, kind: string, ending = ""): Fields {
  const found = objects.filter((object) => object.kind === kind && object.metadata.name?.endsWith(ending));
  if (found.length !== 1) throw new Error(`${found.length} objects ${kind} *${ending}: ${identities(objects)}`);
  return found[0];
}

/** Pods of the web, of the migration and of the test, where they are. */
export function pods(objects: Rendered): Fields[] {
  return objects.flatMap((object: Fields) => {
    if (object.kind === "Pod") return [object];
    return object.kind === "Deployment" || object.kind === "Job" ? [object.spec.template] : [];
  });
}

/** What the API server would refuse in a namespace with Pod Security level restricted. */
export function findings(objects: Rendered): Finding[] {
  const sourced = objects.map((object): SourcedObject => ({ source: "test/release", namespace: "test", object }));
  const security = sourced.flatMap((each) => checkPodSecurity(each, "restricted", KUBERNETES));
  // Of kinds that other charts define there is no schema: a notice.
  const schema = checkSchemas(sourced, KUBERNETES).filter(({ severity }) => severity !== "notice");
  return [...security, ...schema];
}

/** What Helm says when it refuses values: a line for each fault. */
export function refusal(values: object, release = "release"): string[] {
  try {
    helmTemplateAs(release, CHART, JSON.stringify(values));
  } catch (error) {
    const { stderr } = error as { readonly stderr: string };
    return stderr.split("\n").filter((line) => line.startsWith("- "));
  }
  return [];
}
