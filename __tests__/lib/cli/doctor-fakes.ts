import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { askWithin } from "../../../lib/cli/doctor/ask-tool";
import { type Check, type CheckResult, runChecks } from "../../../lib/cli/doctor/check";
import type { Stack } from "../../../lib/cli/doctor/stack";

/** What a fake tool answers; text goes to standard output unless `exitCode` says that it fails. */
export interface Answer {
  readonly text?: string;
  readonly exitCode?: number;
}

/** A folder of small executables that stand in for the tools of a machine. It is all that is on the PATH. */
export class FakeTools {
  readonly folder = mkdtempSync(join(tmpdir(), "doctor-"));
  readonly bin = join(this.folder, "bin");
  readonly env: Record<string, string> = { PATH: this.bin, HOME: this.folder, TMPDIR: this.folder };

  constructor() {
    mkdirSync(this.bin);
  }

  /** Adds a tool, written for sh; only what is built into sh is there. */
  add(name: string, script: string): this {
    return this.script(join("bin", name), script);
  }

  /** Writes an executable below the folder. */
  script(path: string, script: string): this {
    const file = join(this.folder, path);
    mkdirSync(dirname(file), { recursive: true });
    rmSync(file, { force: true });
    writeFileSync(file, `#!/bin/sh\n${script}\n`, { mode: 0o755, flag: "wx" });
    return this;
  }

  /** Adds the machine's own tool of that name. */
  real(name: string): this {
    const folder = (process.env.PATH ?? "").split(delimiter).find((each) => existsSync(join(each, name)));
    if (!folder) throw new Error(`these tests need ${name}`);
    // Not a link: a fake that is written in its place later would be written into the machine's own tool.
    return this.add(name, `exec ${quoted(join(folder, name))} "$@"`);
  }

  /** Adds an `aws` that answers by its first two arguments, and writes down what it is asked and as whom. */
  aws(answers: Readonly<Record<string, Answer>>): this {
    const cases = Object.entries(answers).map(([question, { text = "", exitCode = 0 }]) => {
      const stream = exitCode === 0 ? "" : " >&2";
      return `  "${question}") printf '%s' ${quoted(text)}${stream}; exit ${exitCode};;`;
    });
    const log = quoted(join(this.folder, "asked"));
    return this.add(
      "aws",
      [
        `printf '%s %s\\n' "\${AWS_SESSION_TOKEN:-caller}" "$*" >> ${log}`,
        `case "$1 $2" in`,
        ...cases,
        `  *) echo "not expected: $*" >&2; exit 99;;`,
        "esac",
      ].join("\n"),
    );
  }

  /** What `aws` was asked, in any order: `<session> <arguments>`, without the ones that are always there. */
  asked(): string[] {
    const log = join(this.folder, "asked");
    const lines = existsSync(log) ? readFileSync(log, "utf8").trim().split("\n") : [];
    return lines.map((line) => line.replace(" --output json --cli-connect-timeout 5 --cli-read-timeout 15", "")).sort();
  }

  ask(seconds = 20) {
    return askWithin(seconds, this.env);
  }

  /** Writes a file below the folder, and answers its path. */
  write(path: string, content: string): string {
    const file = join(this.folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    return file;
  }

  /** What stands in a file below the folder. */
  read(path: string): string {
    return readFileSync(join(this.folder, path), "utf8");
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** A stack that says nothing but its name. */
export const blankStack: Stack = {
  name: "staging",
  folder: "",
  file: "",
  providers: [],
  buckets: [],
  variables: [],
  registries: [],
  usesAws: true,
};

/** Runs checks, and answers what each found, by name. */
export async function found(checks: readonly Check[]): Promise<Record<string, Omit<CheckResult, "name">>> {
  const results = await Promise.all(runChecks(checks));
  return Object.fromEntries(results.map(({ name, ...finding }) => [name, finding]));
}

/** A check that passes, for those that need it. */
export function passing(name: string): Check {
  return { name, run: () => ({ status: "ok", detail: "is there" }) };
}
