import { join } from "node:path";
import { isObject, type Json, type JsonObject, members } from "./json";
import {
  type Addresses,
  addressesIn,
  camelCase,
  type Entry,
  literal,
  literalEntries,
  object,
  type Written,
} from "./literals";
import { type BindingClass, dataClass, OWN, providerClass, resourceClass, TERRAFORM_DATA } from "./provider-classes";

interface Resource extends Written {
  readonly id: string;
  readonly address: string;
  readonly config: JsonObject;
}

/**
 * The program that a person would write without the library: flat, one `new` for each resource, every value spelled out. Written from a
 * synthesised stack, so that it never falls behind.
 *
 * @param stackFolder holds the stack's assets
 */
export function bareProgram(stackId: string, stack: JsonObject, stackFolder: string): string {
  return `${bareModule(stack, stackFolder)}
const app = new cdktf.App();
exports.build(new cdktf.TerraformStack(app, ${quote(stackId)}));
app.synth();
`;
}

/** The same as a module with a function `build`, which fills a stack. */
export function bareModule(stack: JsonObject, stackFolder: string): string {
  const resources = inOrder(resourcesOf(stack));
  const data = dataOf(stack);
  const addresses = new Map<string, Written>(resources.map((resource) => [resource.address, resource]));
  const body = [
    ...settings(stack),
    ...providers(stack),
    ...variables(stack),
    ...values(stack),
    ...data.map((source) => resourceStatement(source, new Map(), stackFolder)),
    ...assets(resources, stackFolder),
    ...resources.map((resource) => resourceStatement(resource, addresses, stackFolder)),
    ...members(stack.output).map(
      ([id, config]) => `new cdktf.TerraformOutput(stack, ${quote(id)}, ${literal(config, undefined, addresses)});`,
    ),
  ];
  return [
    '"use strict";',
    'const cdktf = require("cdktf");',
    ...imports([
      ...[...resources, ...data].map(({ type }) => type),
      ...members(stack.provider).map(([name]) => providerClass(name)),
    ]),
    TERRAFORM_DATA,
    "exports.build = (stack) => {",
    ...body,
    "};",
    "",
  ].join("\n");
}

/** How many resources a stack has. */
export function countResources(stack: JsonObject): number {
  return resourcesOf(stack).length;
}

function resourcesOf(stack: JsonObject): Resource[] {
  return blocksOf(stack.resource).map(([type, id, config], index) => {
    return { id, address: `${type}.${id}`, constant: `resource${index}`, type: resourceClass(type), config };
  });
}

/** Data sources; what names them does so as text. */
function dataOf(stack: JsonObject): Resource[] {
  return blocksOf(stack.data).map(([type, id, config], index) => {
    return { id, address: `data.${type}.${id}`, constant: `data${index}`, type: dataClass(type), config };
  });
}

function blocksOf(blocks: Json | undefined): [type: string, id: string, config: JsonObject][] {
  const all = members(blocks).flatMap(([type, ofType]) => members(ofType).map((each) => [type, ...each] as const));
  return all.map(([type, id, config]) => {
    if (!isObject(config)) throw new Error(`${type}.${id} is not an object`);
    return [type, id, config];
  });
}

/** Every resource after those that it names. */
function inOrder(resources: readonly Resource[]): Resource[] {
  const byAddress = new Map(resources.map((resource) => [resource.address, resource]));
  const ordered = new Set<Resource>();
  const visit = (resource: Resource): void => {
    if (ordered.has(resource)) return;
    for (const address of addressesIn(resource.config)) {
      const other = byAddress.get(address);
      if (other && other !== resource) visit(other);
    }
    ordered.add(resource);
  };
  resources.forEach(visit);
  return [...ordered];
}

function imports(types: readonly BindingClass[]): string[] {
  const modules = new Set(types.map(({ module }) => module).filter((module) => module !== OWN));
  return [...modules].map((module) => `const ${moduleConstant(module)} = require(${quote(module)});`);
}

function settings({ terraform }: JsonObject): string[] {
  if (!isObject(terraform)) return [];
  const backends = members(terraform.backend).map(([kind, config]) => {
    const name = `${kind.charAt(0).toUpperCase()}${kind.slice(1)}Backend`;
    return `new cdktf.${name}(stack, ${object(camelCaseEntries(config, new Map()))});`;
  });
  const version = `stack.addOverride("terraform.required_version", ${JSON.stringify(terraform.required_version)});`;
  return "required_version" in terraform ? [...backends, version] : backends;
}

/** Providers come first and refer to resources as text: the constants do not exist yet. */
function providers(stack: JsonObject): string[] {
  const none: Addresses = new Map();
  return members(stack.provider).flatMap(([name, configs]) => {
    const type = providerClass(name);
    const all = Array.isArray(configs) ? (configs as readonly Json[]) : [];
    return all.map((config, index) => {
      return `new ${classExpression(type)}(stack, ${quote(`${name}-${index}`)}, ${literal(config, type.fields, none)});`;
    });
  });
}

/** What whoever deploys gives. cdktf has no argument for `ephemeral`. */
function variables(stack: JsonObject): string[] {
  const none: Addresses = new Map();
  return members(stack.variable).map(([name, config]) => {
    const { ephemeral, validation = [], ...rest } = isObject(config) ? config : {};
    const rules = Array.isArray(validation) ? validation : [];
    const conditions = `[${rules.map((each) => object(camelCaseEntries(each, none))).join(", ")}]`;
    const own = object([...camelCaseEntries(rest, none), ["validation", conditions]]);
    const made = `new cdktf.TerraformVariable(stack, ${quote(name)}, ${own})`;
    return ephemeral === undefined ? `${made};` : `${made}.addOverride("ephemeral", ${JSON.stringify(ephemeral)});`;
  });
}

/** Local values, and checks, for which cdktf has no class. */
function values(stack: JsonObject): string[] {
  return [
    ...members(stack.locals).map(
      ([id, value]) => `new cdktf.TerraformLocal(stack, ${quote(id)}, ${JSON.stringify(value)});`,
    ),
    ...members(stack.check).map(
      ([id, check]) => `stack.addOverride(${quote(`check.${id}`)}, ${JSON.stringify(check)});`,
    ),
  ];
}

/** Several releases may have a chart in common. */
function assets(resources: readonly Resource[], stackFolder: string): string[] {
  const statements = resources.flatMap(({ config }) => assetOf(config.chart, stackFolder)?.statement ?? []);
  return [...new Set(statements)];
}

/** What Terraform offers for every resource. */
const META_ARGUMENTS = ["depends_on", "lifecycle", "provisioner"];

function resourceStatement(resource: Resource, addresses: Addresses, stackFolder: string): string {
  const { constant, type, id, config } = resource;
  const asset = assetOf(config.chart, stackFolder);
  const left = [...META_ARGUMENTS, ...(asset ? ["chart"] : [])];
  const own = Object.fromEntries(Object.entries(config).filter(([key]) => !left.includes(key)));
  const entries = [
    ...literalEntries(own, type.fields, addresses),
    ...(asset ? [["chart", asset.reference] as const] : []),
    ...metaArguments(config, addresses),
  ];
  return `const ${constant} = new ${classExpression(type)}(stack, ${quote(id)}, ${object(entries)});`;
}

function metaArguments(config: JsonObject, addresses: Addresses): Entry[] {
  const found: Entry[] = [];
  if (Array.isArray(config.depends_on)) {
    const targets = (config.depends_on as readonly Json[]).map((address) => {
      const target = addresses.get(String(address));
      if (!target) throw new Error(`no resource ${String(address)}`);
      return target.constant;
    });
    found.push(["dependsOn", `[${targets.join(", ")}]`]);
  }
  if (config.lifecycle) found.push(["lifecycle", object(camelCaseEntries(config.lifecycle, addresses))]);
  if (Array.isArray(config.provisioner)) {
    const written = (config.provisioner as readonly Json[])
      .flatMap(members)
      .map(([kind, value]) => object([["type", quote(kind)], ...camelCaseEntries(value, addresses)]));
    found.push(["provisioners", `[${written.join(", ")}]`]);
  }
  return found;
}

function camelCaseEntries(value: Json, addresses: Addresses): Entry[] {
  return members(value).map(([key, each]) => [camelCase(key), literal(each, undefined, addresses)]);
}

/** A folder that is copied beside the stack: the copy of the synthesised stack is the source of the next one. */
function assetOf(chart: Json | undefined, stackFolder: string): { statement: string; reference: string } | undefined {
  if (typeof chart !== "string") return undefined;
  const [, id, hash] = /^\.\/assets\/([^/]+)\/([^/]+)$/.exec(chart) ?? [];
  if (id === undefined || hash === undefined) return undefined;
  const constant = `asset_${id.replace(/\W/g, "_")}`;
  const config = `{ path: ${quote(join(stackFolder, chart))}, type: cdktf.AssetType.DIRECTORY, assetHash: ${quote(hash)} }`;
  return {
    statement: `const ${constant} = new cdktf.TerraformAsset(stack, ${quote(id)}, ${config});`,
    reference: `"./" + ${constant}.path`,
  };
}

function classExpression({ module, name }: BindingClass): string {
  return module === OWN ? name : `${moduleConstant(module)}.${name}`;
}

function moduleConstant(module: string): string {
  return module.replace(/^@cdktf\/provider-/, "").replace(/\W/g, "_");
}

function quote(value: string): string {
  return JSON.stringify(value);
}
