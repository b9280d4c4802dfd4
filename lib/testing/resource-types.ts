import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { nearest } from "../core/nearest";
import type { StackUnderTest } from "./stack-under-test";

/** Belong to Terraform itself. */
const BUILT_IN = ["terraform_data", "data.terraform_remote_state"];

/** Attributes and blocks that every resource may have. */
const META = ["connection", "count", "depends_on", "for_each", "lifecycle", "provider", "provisioner"];

/**
 * Makes sure that there is such a resource type: of one that is misspelt there are none in any stack. A type is known if the stack has it, or if
 * the provider's bindings do: `@cdktf/provider-<provider>`, or what `cdktf get` wrote to `.gen`.
 *
 * @throws {Error} if it is not known
 */
export function assertKnownType(stack: StackUnderTest, type: string): void {
  if (Object.keys(stack.resources(type)).length > 0 || BUILT_IN.includes(type) || bindingOf(type)) return;
  const known = [...Object.keys(stack.allResources), ...dataTypes(stack), ...typesOf(type)];
  const meant = nearest(type, known);
  const provider = providerOf(type);
  throw new Error(
    `"${type}" is not known as a resource type, so there is none in any stack; ${
      meant
        ? `did you mean "${meant}"?`
        : `install @cdktf/provider-${provider}, or run cdktf get, if there is such a type`
    }`,
  );
}

/**
 * Makes sure that resources of a type may have such properties.
 *
 * @throws {Error} if one is not known
 */
export function assertKnownProperties(stack: StackUnderTest, type: string, properties: readonly string[]): void {
  const binding = bindingOf(type);
  const declared = binding ? attributesIn(binding) : [];
  const used = Object.values(stack.resources(type)).flatMap((body) => Object.keys(body));
  const known = [...new Set([...META, ...declared, ...used])];
  for (const property of properties.filter((each) => !known.includes(each))) {
    const meant = nearest(property, known);
    throw new Error(
      `"${property}" is not known as a property of ${type}, so none has it${meant ? `; did you mean "${meant}"?` : ""}`,
    );
  }
}

function dataTypes(stack: StackUnderTest): string[] {
  return Object.keys((stack.json.data ?? {}) as object).map((type) => `data.${type}`);
}

function providerOf(type: string): string {
  return type.replace(/^data\./, "").split("_")[0] ?? "";
}

/** The declarations of a type; undefined if there are none. */
function bindingOf(type: string): string | undefined {
  if (!/^(data\.)?[a-z][a-z0-9]*_[a-z0-9_]+$/.test(type)) return undefined;
  const provider = providerOf(type);
  const isData = type.startsWith("data.");
  const name = type
    .replace(/^data\./, "")
    .slice(provider.length + 1)
    .replaceAll("_", "-");
  const folder = isData ? `data-${provider}-${name}` : name;
  return bindingFolders(provider)
    .flatMap((library) => ["index.d.ts", "index.ts"].map((file) => join(library, folder, file)))
    .find((file) => existsSync(file));
}

/** Where the classes of a provider lie, for this project. */
function bindingFolders(provider: string): string[] {
  const generated = join(process.cwd(), ".gen", "providers", provider);
  return [...prebuilt(provider), generated].filter((folder) => existsSync(folder));
}

function prebuilt(provider: string): string[] {
  try {
    const paths = [process.cwd(), __dirname];
    return [join(dirname(require.resolve(`@cdktf/provider-${provider}/package.json`, { paths })), "lib")];
  } catch {
    return [];
  }
}

function typesOf(type: string): string[] {
  const provider = providerOf(type);
  return bindingFolders(provider)
    .flatMap((folder) => readdirSync(folder, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory() && entry.name !== "provider")
    .map(({ name }) => name.replaceAll("-", "_"))
    .map((name) =>
      name.startsWith(`data_${provider}_`) ? `data.${name.slice("data_".length)}` : `${provider}_${name}`,
    );
}

/** The attributes that a class declares, in the words of Terraform. */
function attributesIn(file: string): string[] {
  const declarations = readFileSync(file, "utf8").matchAll(/^\s+(?:readonly|get) (\w+)\??(?::|\()/gm);
  return [...declarations].map(([, name = ""]) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
}
