import { CommandError } from "./command-error";
import { runTool } from "./run-tool";

/** Asks AWS through its CLI, and answers what it prints; `ifAbsent` is answered when what was asked for is not there. */
export function awsCli(
  args: readonly string[],
  ifAbsent?: { readonly error: string; readonly output: string },
): string {
  const { exitCode, output, errors } = runTool("aws", [...args, "--output", "json"]);
  if (exitCode === 0) return output;
  if (ifAbsent && errors.includes(ifAbsent.error)) return ifAbsent.output;
  throw new CommandError(`aws ${args.slice(0, 2).join(" ")} failed: ${errors.trim()}`, "log in to the account first");
}
