import { apiGroup, type KubernetesObject, type SourcedObject } from "../../objects/kubernetes-object";
import { schemaData, servedKinds } from "../kubernetes-schemas";
import { customSchema } from "./custom-schema";
import { isObject, type JsonSchema } from "./json-schema";
import { withDefaults, withoutNulls } from "./stored-form";
import { type Validator, validatorOf } from "./validator";
import { type Violation, violations } from "./violations";

interface DefinitionSpec {
  readonly group?: unknown;
  readonly names?: { readonly kind?: unknown };
  readonly versions?: readonly DefinitionVersion[];
}

interface DefinitionVersion {
  readonly name?: unknown;
  readonly served?: unknown;
  readonly schema?: { readonly openAPIV3Schema?: unknown };
}

/** What the CustomResourceDefinitions among some objects say of the other objects. */
export class CustomResources {
  /** By `group/kind`. */
  private readonly versions: ReadonlyMap<string, readonly DefinitionVersion[]>;
  private readonly validators = new Map<JsonSchema, Validator | undefined>();

  constructor(
    objects: readonly SourcedObject[],
    private readonly kubernetesVersion: string,
  ) {
    const definitions = objects.filter(
      ({ object }) => object.kind === "CustomResourceDefinition" && apiGroup(object) === "apiextensions.k8s.io",
    );
    this.versions = new Map(
      definitions.map(({ object }) => {
        const { group, names, versions } = (object.spec ?? {}) as DefinitionSpec;
        return [`${group}/${names?.kind}`, Array.isArray(versions) ? versions : []];
      }),
    );
  }

  /** undefined if there is no definition of the kind, or none with a schema. */
  check(object: KubernetesObject): readonly Violation[] | undefined {
    const versions = this.versions.get(`${apiGroup(object)}/${object.kind}`);
    if (!versions) return undefined;
    const group = apiGroup(object);
    const served = versions.filter((version) => version.served === true);
    const version = served.find(({ name }) => `${group}/${name}` === object.apiVersion);
    if (!version) {
      const fix = served.length > 0 ? `use ${served.map(({ name }) => `${group}/${name}`).join(" or ")}` : "remove it";
      return [{ path: "apiVersion", message: `the CRD of ${object.kind} does not serve ${object.apiVersion}`, fix }];
    }
    const schema = version.schema?.openAPIV3Schema;
    if (!isObject(schema)) return undefined;
    const validator = this.validator(schema);
    if (!validator)
      return [{ severity: "warning", path: "kind", message: "not checked: its CRD cannot be understood" }];
    const value = { ...(withDefaults(object, schema) as object), metadata: withoutNulls(object.metadata) };
    return violations(validator, value);
  }

  /** undefined if the schema is none. */
  private validator(schema: JsonSchema): Validator | undefined {
    if (!this.validators.has(schema)) this.validators.set(schema, customValidator(schema, this.kubernetesVersion));
    return this.validators.get(schema);
  }
}

/** By content: the environments of a run mostly have the same definitions. */
const compiled = new Map<string, Validator | undefined>();

function customValidator(schema: JsonSchema, kubernetesVersion: string): Validator | undefined {
  const metadata = metadataSchema(kubernetesVersion);
  const key = `${metadata} ${JSON.stringify(schema)}`;
  if (!compiled.has(key)) compiled.set(key, compile(schema, metadata));
  return compiled.get(key);
}

function compile(schema: JsonSchema, metadata: string): Validator | undefined {
  try {
    return validatorOf(customSchema(schema, { $ref: metadata }), [metadata]);
  } catch {
    return undefined;
  }
}

/** The id of the schema of `metadata`, which is the same for every kind. */
function metadataSchema(kubernetesVersion: string): string {
  const kind = schemaData().schemas[servedKinds(kubernetesVersion)["v1 ConfigMap"] ?? ""];
  const id = kind?.fields?.metadata?.ref;
  if (!id) throw new Error(`there is no schema of metadata of Kubernetes ${kubernetesVersion}`);
  return id;
}
