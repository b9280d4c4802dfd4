import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { nearest } from "../../core/nearest";
import { ANY_NAME, eitherNames, type KnownNames, namesIn, namesOf } from "../expected/known-names";
import type { StackUnderTest } from "../stack/stack-under-test";
import { givenText, isText, shortened } from "../values/given-text";
import { bindingNames } from "./binding-names";

const SCALAR: KnownNames = { names: [], below: () => undefined };

/** What belongs to Terraform itself. */
const BUILT_IN: Readonly<Record<string, KnownNames>> = {
  terraform_data: namesOf({ input: () => ANY_NAME, triggers_replace: () => ANY_NAME }),
  "data.terraform_remote_state": namesOf({
    backend: () => SCALAR,
    config: () => ANY_NAME,
    defaults: () => ANY_NAME,
    workspace: () => SCALAR,
  }),
};

const LIFECYCLE = [
  ...["create_before_destroy", "ignore_changes", "postcondition", "precondition", "prevent_destroy"],
  "replace_triggered_by",
];

/** Attributes and blocks that every resource may have. */
const META = namesOf({
  connection: () => ANY_NAME,
  count: () => SCALAR,
  depends_on: () => SCALAR,
  dynamic: () => ANY_NAME,
  for_each: () => SCALAR,
  lifecycle: () => namesOf(Object.fromEntries(LIFECYCLE.map((name) => [name, () => ANY_NAME]))),
  provider: () => SCALAR,
  provisioner: () => ANY_NAME,
});

/**
 * Makes sure that a type is named by its text in Terraform.
 *
 * @throws {Error} if it is not; of a class of a provider's bindings with the text
 */
export function assertTypeName(type: unknown): asserts type is string {
  if (isText(type)) return;
  const { tfResourceType, name } = (typeof type === "function" ? type : {}) as Partial<BindingClass>;
  const own = tfResourceType && `${name?.startsWith("Data") ? "data." : ""}${tfResourceType}`;
  throw new Error(`'type' must be the text of a resource type, got ${givenText(type)}; use "${own ?? "aws_iam_role"}"`);
}

/** A class of a resource or a data source. */
interface BindingClass {
  readonly name: string;
  readonly tfResourceType: string;
}

/**
 * Makes sure that there is such a resource type: of one that is misspelt there are none in any stack. A type is known if the stack has it, or if
 * the provider's bindings do: `@cdktf/provider-<provider>`, or what `cdktf get` wrote to `.gen`.
 *
 * @throws {Error} if it is not known
 */
export function assertKnownType(stack: StackUnderTest, type: string): void {
  if (Object.keys(stack.resources(type)).length > 0 || Object.hasOwn(BUILT_IN, type) || bindingOf(type)) return;
  if (type.startsWith("module.") || type === "module")
    throw new Error(`"${type}" is no resource type: what a module makes is not in the stack's JSON`);
  const [, address] = /^((?:data\.)?[a-z0-9_]+)\.[^.]/.exec(type) ?? [];
  if (address !== undefined && address !== "data")
    throw new Error(`"${type}" is an address and no resource type, so there is none in any stack; use "${address}"`);
  const known = [...Object.keys(stack.allResources), ...dataTypes(stack), ...typesOf(type)];
  const meant = nearest(type, known);
  const provider = providerOf(type);
  throw new Error(
    `"${shortened(type)}" is not known as a resource type, so there is none in any stack; ${
      meant
        ? `did you mean "${meant}"?`
        : `install @cdktf/provider-${shortened(provider)}, or run cdktf get, if there is such a type`
    }`,
  );
}

/** The names of properties that resources of a type may have: those that its class can be given, and those that one in the stack has. */
export function knownProperties(stack: StackUnderTest, type: string): KnownNames {
  const binding = bindingOf(type);
  const declared = BUILT_IN[type] ?? (binding ? bindingNames(binding) : SCALAR);
  return eitherNames(META, declared, namesIn(Object.values(stack.resources(type))));
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
