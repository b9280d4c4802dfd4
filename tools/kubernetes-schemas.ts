import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { SchemaData, StoredSchema } from "../lib/render/checks/kubernetes-schemas";
import { readEnums } from "./kubernetes-enums";

/**
 * Writes `lib/render/data/kubernetes-schemas.json` from Kubernetes' own source: its API as Swagger, and the lists of allowed values, which
 * that document leaves out, from the generated Go code beside it. Needs Go, for the module proxy. The output depends on these versions alone.
 */
const SOURCES: Readonly<Record<string, string>> = {
  "1.31": "v1.31.14",
  "1.32": "v1.32.13",
  "1.33": "v1.33.13",
  "1.34": "v1.34.4",
  "1.35": "v1.35.4",
  "1.36": "v1.36.3",
};

const OUTPUT = join(__dirname, "../lib/render/data/kubernetes-schemas.json");

/**
 * Required by the document, and not by the API server: there, a field that is absent is an empty one, and some are as good as any.
 * Tried on Kubernetes 1.35: everything that charts hold, with each of its fields taken away.
 */
const NOT_REQUIRED: Readonly<Record<string, readonly string[]>> = {
  CSIDriver: ["spec"],
  CSINode: ["spec"],
  CSINodeSpec: ["drivers"],
  CustomResourceDefinitionVersion: ["served"],
  DeviceClass: ["spec"],
  EndpointSlice: ["endpoints"],
  ForZone: ["name"],
  HTTPHeader: ["value"],
  ISCSIPersistentVolumeSource: ["lun"],
  ISCSIVolumeSource: ["lun"],
  LimitRangeSpec: ["limits"],
  NetworkPolicySpec: ["podSelector"],
  PodFailurePolicy: ["rules"],
  PodFailurePolicyOnPodConditionsPattern: ["status"],
  PreferredSchedulingTerm: ["preference"],
  PriorityClass: ["value"],
  ResourceClaimTemplate: ["spec"],
  ResourceClaimTemplateSpec: ["spec"],
  RoleRef: ["apiGroup"],
  StatefulSetSpec: ["serviceName"],
  Sysctl: ["value"],
  TokenRequest: ["audience"],
};

interface Definition {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly properties?: Readonly<Record<string, Definition>>;
  readonly required?: readonly string[];
  readonly items?: Definition;
  readonly additionalProperties?: Definition;
  readonly "x-kubernetes-group-version-kind"?: unknown;
}

interface GroupVersionKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

interface Swagger {
  readonly definitions: Readonly<Record<string, Definition>>;
  readonly paths: Readonly<
    Record<string, { readonly post?: { readonly "x-kubernetes-group-version-kind"?: GroupVersionKind } }>
  >;
}

const schemas: Record<string, StoredSchema> = {};

/** Definitions that say less than what is known of them. */
const LEAVES: Readonly<Record<string, StoredSchema>> = {
  "io.k8s.apimachinery.pkg.api.resource.Quantity": { format: "quantity" },
  "io.k8s.apimachinery.pkg.util.intstr.IntOrString": { format: "int-or-string" },
  // A list is refused in version 1 of CustomResourceDefinition.
  "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrArray": { ref: "self" },
};

class Version {
  private readonly ids = new Map<string, string>();
  private readonly open: string[] = [];

  constructor(
    private readonly swagger: Swagger,
    private readonly enums: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>,
  ) {}

  /** Every kind that can be created, by `apiVersion kind`. */
  kinds(): Record<string, string> {
    const kinds: Record<string, string> = {};
    for (const [path, { post }] of Object.entries(this.swagger.paths)) {
      const subject = post?.["x-kubernetes-group-version-kind"];
      if (!subject || path.includes("{name}")) continue;
      const apiVersion = subject.group ? `${subject.group}/${subject.version}` : subject.version;
      kinds[`${apiVersion} ${subject.kind}`] = this.store(this.definitionOf(subject));
    }
    return sorted(kinds);
  }

  private definitionOf({ group, version, kind }: GroupVersionKind): string {
    const names = Object.entries(this.swagger.definitions).flatMap(([name, definition]) => {
      const subjects = (definition["x-kubernetes-group-version-kind"] ?? []) as GroupVersionKind[];
      const found = subjects.some((each) => each.group === group && each.version === version && each.kind === kind);
      return found ? [name] : [];
    });
    if (names.length !== 1) throw new Error(`${group}/${version} ${kind}: ${names.length} definitions`);
    return String(names[0]);
  }

  /** Stores a definition with all that it refers to, and returns its id: a name for people and a hash of the content. */
  private store(name: string): string {
    const known = this.ids.get(name);
    if (known) return known;
    const definition = this.swagger.definitions[name];
    if (!definition) throw new Error(`no definition ${name}`);
    this.open.push(name);
    const schema = this.reduce(definition, name);
    this.open.pop();
    const hash = createHash("sha256").update(JSON.stringify(schema)).digest("hex").slice(0, 8);
    const id = `${shortName(name)}.${hash}`;
    this.ids.set(name, id);
    schemas[id] = schema;
    return id;
  }

  private reduce(definition: Definition, name: string, property?: string): StoredSchema {
    if (definition.$ref) return this.refer(definition.$ref.replace("#/definitions/", ""));
    const { type, format, properties, required, items, additionalProperties } = definition;
    const allowed = property === undefined ? undefined : this.enums.get(name)?.get(property);
    if (items) return { type: "array", items: this.reduce(items, name, property) };
    if (additionalProperties) return { type: "object", values: this.reduce(additionalProperties, name, property) };
    if (!properties) return { type, format: format === "double" ? undefined : format, enum: allowed };
    // What is in `status` the API server throws away when an object is made.
    const isKind = definition["x-kubernetes-group-version-kind"] !== undefined;
    const fields = Object.entries(properties).map(([field, each]) => [
      field,
      isKind && field === "status" ? {} : this.reduce(each, name, field),
    ]);
    const needed = required?.filter((field) => !NOT_REQUIRED[shortName(name)]?.includes(field));
    return { fields: sorted(Object.fromEntries(fields)), required: needed?.length ? [...needed].sort() : undefined };
  }

  private refer(name: string): StoredSchema {
    const leaf = LEAVES[name];
    if (leaf) return leaf;
    const definition = this.swagger.definitions[name];
    if (definition && !definition.properties) return this.reduce(definition, name);
    if (name === this.open.at(-1)) return { ref: "self" };
    if (this.open.includes(name)) throw new Error(`${name} refers to itself by way of others`);
    return { ref: this.store(name) };
  }
}

function shortName(definition: string): string {
  return definition.slice(definition.lastIndexOf(".") + 1);
}

function sorted<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function moduleFolder(version: string): string {
  const answer = execFileSync("go", ["mod", "download", "-json", `k8s.io/kubernetes@${version}`], { encoding: "utf8" });
  return (JSON.parse(answer) as { Dir: string }).Dir;
}

/** One line for each schema, so that a change shows as what it is. */
function format({ notice, sources, versions, schemas }: SchemaData): string {
  const block = (record: Readonly<Record<string, unknown>>) =>
    Object.entries(sorted(record))
      .map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`)
      .join(",\n");
  return `{"notice":${JSON.stringify(notice)},\n"sources":${JSON.stringify(sources)},\n"versions":{\n${block(versions)}},\n"schemas":{\n${block(schemas)}}}\n`;
}

function main(): void {
  const versions: Record<string, Record<string, string>> = {};
  for (const [minor, version] of Object.entries(SOURCES)) {
    const folder = moduleFolder(version);
    const swagger = JSON.parse(readFileSync(join(folder, "api/openapi-spec/swagger.json"), "utf8")) as Swagger;
    const enums = readEnums(readFileSync(join(folder, "pkg/generated/openapi/zz_generated.openapi.go"), "utf8"));
    versions[minor] = new Version(swagger, enums).kinds();
  }
  const notice =
    "Made by npm run schemas from the API of Kubernetes (https://github.com/kubernetes/kubernetes), Copyright The Kubernetes Authors, Apache License 2.0. Do not edit.";
  const text = format({ notice, sources: SOURCES, versions, schemas });
  writeFileSync(OUTPUT, text);
  const count = Object.keys(schemas).length;
  console.log(`${count} schemas, ${text.length} bytes, ${gzipSync(text).length} compressed`);
}

main();
