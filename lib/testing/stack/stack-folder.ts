import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Manifest, type TerraformStack } from "cdktf";
import type { StackUnderTest } from "./stack-under-test";

/** Under which a construct keeps what synth lets it write: an asset copies its files. */
const CUSTOM_SYNTHESIS = Symbol.for("cdktf/customSynthesis");

interface WritesFiles {
  readonly [CUSTOM_SYNTHESIS]?: { onSynthesize(session: object): void };
}

/** Gives a folder in which the paths of a stack's JSON lead to its charts. One that had to be made is removed afterwards. */
export async function withStackFolder<T>(stack: StackUnderTest, use: (folder: string) => Promise<T>): Promise<T> {
  const { folder, construct } = stack.origin;
  if (folder !== undefined) return use(folder);
  if (!construct) return use(process.cwd());
  const out = mkdtempSync(join(tmpdir(), "eks-platform-testing-"));
  try {
    return await use(writeAssets(construct, out));
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

function writeAssets(stack: TerraformStack, out: string): string {
  const manifest = new Manifest("testing", out, false);
  const folder = join(out, manifest.forStack(stack).workingDirectory);
  mkdirSync(folder, { recursive: true });
  const session = { outdir: out, skipValidation: true, manifest };
  for (const construct of stack.node.findAll()) (construct as WritesFiles)[CUSTOM_SYNTHESIS]?.onSynthesize(session);
  return folder;
}
