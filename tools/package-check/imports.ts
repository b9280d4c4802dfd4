import { spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { readEntry, readExports } from "../lazy/entry";
import { type Entry, packageEntries } from "../lazy/package-entries";

const PACKAGE = "cdktf-eks-platform";

/** Settings that programs are written with; the first is what `cdktf init` writes. */
const SETTINGS: Readonly<Record<string, ts.CompilerOptions>> = {
  node: { module: ts.ModuleKind.CommonJS, moduleResolution: ts.ModuleResolutionKind.Node10 },
  node16: { module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16 },
  bundler: { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler },
};

/** What fails when programs in the folder import the package that is installed there. */
export function importFaults(folder: string): string[] {
  const entries = packageEntries(".").filter(({ hasEffects }) => !hasEffects);
  return [
    ...requireFaults(folder, entries),
    ...esModuleFaults(folder, entries),
    ...typeFaults(folder),
    ...run(folder, "made.js", MADE),
    ...peerFaults(folder),
  ];
}

/** To require an entry loads that file alone; all names are there. */
function requireFaults(folder: string, entries: readonly Entry[]): string[] {
  const loads = entries.map((entry) => `load(${JSON.stringify(specifier(entry))});`);
  const looks = entries.map(
    (entry) => `look(${JSON.stringify(specifier(entry))}, ${JSON.stringify(valuesOf(entry))});`,
  );
  return run(folder, "required.js", [REQUIRE, ...loads, ...looks].join("\n"));
}

const REQUIRE = `const files = () => Object.keys(require.cache).length;
function load(entry) {
  const before = files();
  require(entry);
  if (files() - before !== 1) console.log(entry + ": require loads " + (files() - before) + " files, must be 1");
}
function look(entry, names) {
  for (const name of names) if (require(entry)[name] === undefined) console.log(entry + ": has no " + name);
}`;

function esModuleFaults(folder: string, entries: readonly Entry[]): string[] {
  const program = entries.map((entry, index) => {
    const names = valuesOf(entry).map((name) => `${name} as ${name}${index}`);
    const checks = valuesOf(entry).map(
      (name) => `if (${name}${index} === undefined) console.log("${specifier(entry)}: an ES module finds no ${name}");`,
    );
    return [`import { ${names.join(", ")} } from "${specifier(entry)}";`, ...checks].join("\n");
  });
  return run(folder, "imported.mjs", program.join("\n"));
}

function typeFaults(folder: string): string[] {
  const text = packageEntries(".").map((entry, index) => {
    const names = namesOf(entry).map((name) => `${name} as ${name}${index}`);
    return `import { ${names.join(", ")} } from "${specifier(entry)}";`;
  });
  const file = join(folder, "typed.ts");
  writeFileSync(file, text.join("\n"));
  return Object.entries(SETTINGS).flatMap(([name, settings]) => {
    const options = {
      ...settings,
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      target: ts.ScriptTarget.ES2022,
      types: [],
    };
    const program = ts.createProgram([file], options);
    return program
      .getSemanticDiagnostics(program.getSourceFile(file))
      .map(({ messageText }) => `moduleResolution ${name}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`);
  });
}

/** Who makes a key loads what is of keys, and nothing of clusters, charts or other resources. */
const MADE = `const { App, TerraformStack } = require("cdktf");
const { Key } = require("${PACKAGE}/kms");
const account = { accountId: "111122223333", region: "eu-west-3" };
new Key(new TerraformStack(new App(), "stack"), "Key", { account, alias: "data", description: "data" });
const loaded = Object.keys(require.cache).map((file) => file.replaceAll("\\\\", "/"));
const own = loaded.flatMap((file) => /\\/${PACKAGE}\\/dist\\/lib\\/(\\w+)/.exec(file)?.[1] ?? []);
const provided = loaded.flatMap((file) => /\\/@cdktf\\/provider-(.+)\\/index\\.js/.exec(file)?.[1] ?? []);
const look = (what, found, known) => {
  const other = [...new Set(found)].filter((each) => !known.includes(each));
  if (other.length > 0 || found.length === 0) console.log("a key loads " + what + " " + (other.join(", ") || "nothing"));
};
look("areas", own, ["core", "kms"]);
look("resources", provided, ["aws/lib/kms-alias", "aws/lib/kms-key"]);`;

/** Without the providers of the cluster, what needs them says so, and nothing else does. Takes them away from the folder. */
function peerFaults(folder: string): string[] {
  for (const provider of ["helm", "kubernetes"]) rmSync(join(folder, "node_modules", "@cdktf", `provider-${provider}`));
  return run(folder, "without-providers.js", WITHOUT_PROVIDERS);
}

const WITHOUT_PROVIDERS = `const area = (name) => require("${PACKAGE}/" + name);
for (const name of ["core", "iam", "kms", "logs", "vpc", "state", "registry", "eks"]) Object.values(area(name));
require("${PACKAGE}").Vpc;
const refusals = (use) => { try { use(); return ""; } catch ({ message }) { return message.match(/provider-[a-z]+(?= [^ ]+, found none)/g)?.join(" ") } };
const look = (name, use, expected) => { if (refusals(use) !== expected) console.log(name + ": must miss " + expected + ", says " + refusals(use)); };
look("helm", () => area("helm").HelmRelease, "provider-helm");
look("platform", () => area("platform").Platform, "provider-helm provider-kubernetes");
look("root", () => require("${PACKAGE}").Namespace, "provider-helm provider-kubernetes");`;

function run(folder: string, file: string, program: string): string[] {
  writeFileSync(join(folder, file), program);
  const { status, stdout, stderr } = spawnSync(process.execPath, [file], { cwd: folder, encoding: "utf8" });
  const lines = stdout.split("\n").filter((line) => line !== "");
  return status === 0 ? lines : [...lines, `${file} failed:\n${stderr}`];
}

function specifier({ name }: Entry): string {
  return `${PACKAGE}${name.slice(1)}`;
}

function namesOf({ source }: Entry): string[] {
  return readExports(source, readFileSync(source, "utf8")).flatMap(({ names }) => names);
}

/** Names that are there at run time. */
function valuesOf(entry: Entry): string[] {
  return readEntry(entry.source, readFileSync(entry.source, "utf8")).flatMap(({ names }) => names);
}
