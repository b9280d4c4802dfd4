import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import ts from "typescript";
import { readExports } from "../../tools/lazy/entry";

/** An `@example` of a doc comment. */
export interface Example {
  /** File and line that it begins at. */
  readonly place: string;
  readonly code: string;
}

/** What examples speak of without saying where it comes from. */
const GIVEN: Readonly<Record<string, string>> = {
  account: "AwsAccount",
  cluster: "ICluster",
  controller: "IHelmRelease",
  dataKey: "IKey",
  genomicsJobs: "INamespace",
  genomicsNamespace: "INamespace",
  identity: "PodIdentity",
  image: "ApplicationImage",
  logsKey: "IKey",
  namespace: "INamespace",
  network: "ClusterNetwork",
  reports: "INamespace",
  reportsKey: "IKey",
  secretsKey: "IKey",
  stack: "TerraformStack",
  Variants: "typeof TerraformStack",
  vpc: "Vpc",
  zones: "readonly string[]",
};

/** The examples of all sources in some folders. */
export function findExamples(...folders: readonly string[]): Example[] {
  return folders.flatMap(sources).flatMap((file) => {
    const text = readFileSync(file, "utf8");
    return [...text.matchAll(/\/\*\*.*?\*\//gs)].flatMap((comment) => examplesOf(file, text, comment));
  });
}

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => join(folder, file))
    .sort();
}

function examplesOf(file: string, text: string, comment: RegExpExecArray): Example[] {
  const lines = comment[0].replace(/\*\/$/, "").split("\n");
  const first = text.slice(0, comment.index).split("\n").length;
  return lines.flatMap((line, index) => {
    if (!/^\s*\* @example/.test(line)) return [];
    const rest = lines.slice(index + 1).map((each) => each.replace(/^\s*\* ?/, ""));
    const end = rest.findIndex((each) => each.startsWith("@"));
    const code = rest.slice(0, end < 0 ? undefined : end).filter((each) => !each.startsWith("```"));
    return [{ place: `${file}:${first + index}`, code: code.join("\n").trimEnd() }];
  });
}

/** What the compiler says of examples, all in one program; each stands in a method of a stack, and may use every public name. */
export function compileExamples(examples: readonly Example[]): string[] {
  const texts = new Map(examples.map((example, index) => [resolve(`example-${index}.ts`), moduleOf(example)]));
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    esModuleInterop: true,
    resolveJsonModule: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.CommonJS,
    types: ["node", "jest"],
    paths: {
      "cdktf-eks-platform": [resolve("lib/index.ts")],
      "cdktf-eks-platform/stacks": [resolve("stacks/index.ts")],
      "cdktf-eks-platform/*": [resolve("lib/*")],
    },
  };
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists } = host;
  host.readFile = (file) => texts.get(file) ?? readFile(file);
  host.fileExists = (file) => texts.has(file) || fileExists(file);
  const program = ts.createProgram([...texts.keys()], options, host);
  return [...texts.keys()].flatMap((file, index) => {
    const source = program.getSourceFile(file);
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return found.map(
      ({ messageText }) => `${examples[index]?.place}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`,
    );
  });
}

const OWN_IMPORT = /^import .* from ".*";$/gm;

function moduleOf({ code }: Example): string {
  const imports = code.match(OWN_IMPORT) ?? [];
  const taken = new Set(imports.flatMap((line) => line.match(/[\w$]+/g) ?? []));
  const take = (names: readonly string[]) => names.filter((name) => !taken.has(name) && taken.add(name));
  const from = (place: string, names: readonly string[]) => `import { ${take(names).join(", ")} } from "${place}";`;
  return [
    ...imports,
    from("constructs", ["Construct"]),
    from("cdktf", ["TerraformStack", "Testing"]),
    from("cdktf-eks-platform", publicNames("lib/index.ts")),
    from("cdktf-eks-platform/testing", publicNames("lib/testing/index.ts")),
    ...take(Object.keys(GIVEN)).map((name) => `declare const ${name}: ${GIVEN[name]};`),
    "class ExampleStack extends TerraformStack {",
    "  async example(): Promise<void> {",
    code.replace(OWN_IMPORT, ""),
    "  }",
    "}",
  ].join("\n");
}

function publicNames(entry: string): string[] {
  return readExports(entry, readFileSync(entry, "utf8")).flatMap(({ names }) => names);
}
