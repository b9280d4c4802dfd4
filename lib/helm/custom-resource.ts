import type { Faults } from "../core/faults";
import { DNS_LABEL, DNS_SUBDOMAIN } from "../core/kubernetes-names";
import { checkPlainData } from "./plain-data";
import { checkSecretLiterals } from "./secret-literals";
import { type HelmValues, isPlainObject } from "./values";

/**
 * An object whose kind a custom resource definition (CRD) gives; of Kubernetes itself a ValidatingAdmissionPolicy and its binding, which the
 * kubernetes provider does not have. Its fields are plain data, and what is known only at apply.
 */
export interface CustomResource extends HelmValues {
  /** Group and version, for example `cert-manager.io/v1`. */
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: HelmValues & {
    /** Changing it makes another object and deletes this one. */
    readonly name: string;
    /** Known at synth. Of a kind without namespaces it must not be given. The default is the release's own. */
    readonly namespace?: string;
  };
}

/** Groups of Kubernetes itself whose names look like one of a CRD. */
const BUILT_IN = new Set([
  "admissionregistration.k8s.io",
  "apiextensions.k8s.io",
  "apiregistration.k8s.io",
  "authentication.k8s.io",
  "authorization.k8s.io",
  "certificates.k8s.io",
  "coordination.k8s.io",
  "discovery.k8s.io",
  "events.k8s.io",
  "flowcontrol.apiserver.k8s.io",
  "internal.apiserver.k8s.io",
  "networking.k8s.io",
  "node.k8s.io",
  "rbac.authorization.k8s.io",
  "resource.k8s.io",
  "scheduling.k8s.io",
  "storage.k8s.io",
  "storagemigration.k8s.io",
]);

/** Kinds of those groups that the kubernetes provider has no resource for. */
const TAKEN = new Set([
  "admissionregistration.k8s.io/ValidatingAdmissionPolicy",
  "admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding",
]);

/** What custom resources are checked with. */
export interface CustomResourceOptions {
  readonly resources: readonly CustomResource[];
  readonly notSecret?: Readonly<Record<string, string>>;
}

/** Adds what is wrong with custom resources of a release. */
export function checkCustomResources(
  faults: Faults,
  { resources, notSecret = {} }: CustomResourceOptions,
  namespaceName: string,
): void {
  const before = faults.all.length;
  faults.check(resources.length > 0, "resources", "must not be empty", undefined, "leave the construct out");
  for (const [index, resource] of resources.entries()) checkOne(faults, `resources[${index}]`, resource);
  if (faults.all.length > before) return;
  const objects = resources.map((resource) => identity(resource, namespaceName));
  faults.unique("resources", objects);
  checkSecretLiterals(faults, "resources", byName(resources), notSecret);
}

/** The resources by what names them: `<group>/<kind>/[<namespace>/]<name>`. It is what a plan shows, and no place in a list. */
export function byName(resources: readonly CustomResource[]): Readonly<Record<string, CustomResource>> {
  return Object.fromEntries(resources.map((resource) => [identity(resource, undefined), resource]));
}

function identity({ apiVersion, kind, metadata }: CustomResource, namespaceName: string | undefined): string {
  const namespace = metadata.namespace ?? namespaceName;
  return [groupOf(apiVersion), kind, ...(namespace ? [namespace] : []), metadata.name].join("/");
}

function groupOf(apiVersion: string): string {
  return apiVersion.slice(0, apiVersion.indexOf("/"));
}

function checkOne(faults: Faults, property: string, resource: unknown): void {
  if (!isPlainObject(resource)) {
    faults.add(property, "must be an object");
    return;
  }
  const before = faults.all.length;
  checkPlainData(faults, property, resource);
  if (faults.all.length > before) return;
  const { apiVersion, kind, metadata } = resource;
  checkText(faults, `${property}.kind`, kind, /^[A-Z][A-Za-z0-9]{0,62}$/, "must be the name of a kind");
  checkApiVersion(faults, `${property}.apiVersion`, apiVersion, kind);
  if (!isPlainObject(metadata)) {
    faults.add(`${property}.metadata`, "must be an object with a name");
    return;
  }
  checkText(faults, `${property}.metadata.name`, metadata.name, DNS_SUBDOMAIN, "must be a name that Kubernetes allows");
  if (metadata.namespace === undefined) return;
  checkText(faults, `${property}.metadata.namespace`, metadata.namespace, DNS_LABEL, "must be the name of a namespace");
}

function checkApiVersion(faults: Faults, property: string, apiVersion: unknown, kind: unknown): void {
  const rule = 'must be a group and a version, for example "cert-manager.io/v1"';
  if (!checkText(faults, property, apiVersion, /^([a-z0-9.-]+\/)?v[a-z0-9]+$/, rule)) return;
  const group = groupOf(apiVersion);
  const custom = group.includes(".") && (!BUILT_IN.has(group) || TAKEN.has(`${group}/${kind}`));
  const fix = "use a resource of the kubernetes provider, or a chart";
  faults.check(custom, property, "must be of a group that a CRD defines", apiVersion, fix);
}

/** Whether it is a text that matches; adds a fault otherwise, also for what is missing: records need not be written in TypeScript. */
function checkText(faults: Faults, property: string, value: unknown, pattern: RegExp, rule: string): value is string {
  const holds = typeof value === "string" && pattern.test(value);
  const shown = typeof value === "string" ? value : undefined;
  faults.check(holds, property, rule, shown);
  return holds;
}
