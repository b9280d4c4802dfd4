/** A schema as the data file keeps it: JSON Schema, without what every Kubernetes type would repeat. */
export interface StoredSchema {
  /** The id of another schema, or `self` for the one that this is in. */
  readonly ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly string[];
  /** Of an object with fields; no others are known. */
  readonly fields?: Readonly<Record<string, StoredSchema>>;
  readonly required?: readonly string[];
  readonly items?: StoredSchema;
  /** Of an object with any keys. */
  readonly values?: StoredSchema;
}

export interface SchemaData {
  readonly notice: string;
  /** The release that speaks for a minor version. */
  readonly sources: Readonly<Record<string, string>>;
  /** For a minor version, the id of the schema of each `apiVersion kind` that can be created. */
  readonly versions: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** All versions together: most types have not changed for years. */
  readonly schemas: Readonly<Record<string, StoredSchema>>;
}

/** Reads the schemas when they are first asked for: synth works without them. */
export function schemaData(): SchemaData {
  return require("../data/kubernetes-schemas.json") as SchemaData;
}

/** The schema ids of what a minor version serves. */
export function servedKinds(kubernetesVersion: string): Readonly<Record<string, string>> {
  const { versions } = schemaData();
  const kinds = versions[kubernetesVersion];
  if (!kinds) {
    const known = Object.keys(versions).join(", ");
    throw new Error(`there are no schemas of Kubernetes ${kubernetesVersion}; use one of ${known}`);
  }
  return kinds;
}
