import { readFileSync } from "node:fs";

/** How an attribute is called in a configuration object. `struct` describes the attributes of its value, when they are known by name. */
export interface Field {
  readonly name: string;
  readonly struct?: Struct;
}

/** Fields by the attribute's name in Terraform. */
export type Struct = ReadonlyMap<string, Field>;

/** A class of a provider's bindings. */
export interface BindingClass {
  /** Path to import it by. */
  readonly module: string;
  readonly name: string;
  readonly fields: Struct;
  /** Attributes that the class offers as text: references to them can be written `object.attribute`. */
  readonly textAttributes: ReadonlySet<string>;
}

const known = new Map<string, BindingClass>();

/** The class of a resource type, for example `aws_vpc`, found by its static `tfResourceType`. Reads the source, loads nothing. */
export function resourceClass(type: string): BindingClass {
  if (type === "terraform_data") return dataResource;
  const [provider = "", ...rest] = type.split("_");
  return once(`@cdktf/provider-${provider}/lib/${rest.join("-")}`, `"${type}"`);
}

/** The class of a data source, for example `aws_ssm_parameter`. */
export function dataClass(type: string): BindingClass {
  const [provider = "", ...rest] = type.split("_");
  return once(`@cdktf/provider-${provider}/lib/data-${provider}-${rest.join("-")}`, `"${type}"`);
}

/** The class of a provider, for example `aws`. */
export function providerClass(provider: string): BindingClass {
  return once(`@cdktf/provider-${provider}/lib/provider`, `"${provider}"`);
}

/** The module of the classes that the program writes itself. */
export const OWN = "";

/**
 * Terraform's own resource. cdktf has a class for it that runs `terraform version` at every synth; whoever counts time writes one
 * without that, and so does the library.
 */
const dataResource: BindingClass = {
  module: OWN,
  name: "TerraformData",
  fields: new Map([["triggers_replace", { name: "triggersReplace" }]]),
  textAttributes: new Set(["id"]),
};

/** Source of the class. */
export const TERRAFORM_DATA = `class TerraformData extends cdktf.TerraformResource {
  constructor(scope, id, { triggersReplace, ...config }) {
    super(scope, id, { terraformResourceType: "terraform_data", ...config });
    this.triggersReplace = triggersReplace;
  }
  synthesizeAttributes() {
    return { triggers_replace: this.triggersReplace };
  }
}`;

function once(module: string, type: string): BindingClass {
  const found = known.get(module) ?? read(module, type);
  known.set(module, found);
  return found;
}

function read(module: string, type: string): BindingClass {
  const source = readFileSync(require.resolve(`${module}/index.js`), "utf8");
  const name = new RegExp(`^(\\w+)\\.tfResourceType = ${type};$`, "m").exec(source)?.[1];
  if (!name) throw new Error(`${module} has no class for ${type}`);
  const body = /^ {4}synthesizeAttributes\(\) \{\n([\s\S]*?)^ {4}\}/m.exec(source)?.[1] ?? "";
  const getters = source.matchAll(/^ {4}get (\w+)\(\) \{\n\s+return this\.getStringAttribute\(/gm);
  return {
    module,
    name,
    fields: fieldsOf(source, body),
    textAttributes: new Set([...getters].flatMap(([, getter]) => getter ?? [])),
  };
}

/** Reads lines such as `vpc_config: eksClusterVpcConfigToTerraform(this._vpcConfig.internalValue),` */
function fieldsOf(source: string, body: string): Struct {
  const lines = body.matchAll(/^\s+(\w+): (.+)\((?:this\._|struct\.)(\w+)(?:\.internalValue)?\),$/gm);
  const fields = new Map<string, Field>();
  for (const [, attribute = "", mapper = "", name = ""] of lines) {
    const structMapper = /(?<![.\w])\w+ToTerraform\b/.exec(mapper)?.[0];
    fields.set(attribute, { name, struct: structMapper ? structOf(source, structMapper) : undefined });
  }
  return fields;
}

function structOf(source: string, mapper: string): Struct {
  const body = new RegExp(`^function ${mapper}\\(struct\\) \\{\\n([\\s\\S]*?)^\\}`, "m").exec(source)?.[1];
  if (body === undefined) throw new Error(`no function ${mapper}`);
  return fieldsOf(source, body);
}
