import { spawn } from "node:child_process";

export interface HelmResult {
  readonly exitCode: number;
  readonly output: string;
  readonly errors: string;
}

/** Runs Helm to its end. Rejects if it cannot be started. */
export function runHelm(
  command: string,
  args: readonly string[],
  options: { readonly env?: NodeJS.ProcessEnv; readonly input?: string } = {},
): Promise<HelmResult> {
  return new Promise((done, failed) => {
    const child = spawn(command, args, { env: options.env, stdio: ["pipe", "pipe", "pipe"] });
    const output: Buffer[] = [];
    const errors: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => errors.push(chunk));
    child.once("error", failed);
    child.once("close", (code) => done({ exitCode: code ?? 1, output: textOf(output), errors: textOf(errors) }));
    // A Helm that ends before it has read everything closes the pipe; its exit code says why.
    child.stdin.on("error", () => {});
    child.stdin.end(options.input ?? "");
  });
}

function textOf(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString("utf8");
}
