import { execFile } from "node:child_process";

export type ToolAnswer =
  | { readonly kind: "ended"; readonly exitCode: number; readonly output: string; readonly errors: string }
  | { readonly kind: "missing" }
  | { readonly kind: "silent"; readonly seconds: number };

export interface AskOptions {
  /** Laid over the environment; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** What the tool reads. Nobody is asked at the terminal. */
  readonly input?: string;
}

/** Runs a tool to its end, and never longer than it may take. */
export type AskTool = (program: string, args: readonly string[], options?: AskOptions) => Promise<ToolAnswer>;

const MAX_OUTPUT_BYTES = 16 * 1024 * 1024;
const MISSING = ["ENOENT", "EACCES"];

/** A way to ask tools of the PATH in `env`, many at once, each for at most `seconds`. A tool that takes longer is ended. */
export function askWithin(seconds: number, env: NodeJS.ProcessEnv = process.env): AskTool {
  return (program, args, { env: changes, input = "" } = {}) => {
    const settings = {
      encoding: "utf8",
      env: { ...env, ...changes },
      maxBuffer: MAX_OUTPUT_BYTES,
      timeout: seconds * 1000,
      killSignal: "SIGKILL",
    } as const;
    return new Promise((answer, failed) => {
      const child = execFile(program, args, settings, (error, output, errors) => {
        if (!error) answer({ kind: "ended", exitCode: 0, output, errors });
        else if (typeof error.code === "number") answer({ kind: "ended", exitCode: error.code, output, errors });
        else if (MISSING.includes(String(error.code))) answer({ kind: "missing" });
        else if (error.killed) answer({ kind: "silent", seconds });
        else failed(error);
      });
      // A tool may end without reading.
      child.stdin?.on("error", () => {}).end(input);
    });
  };
}
