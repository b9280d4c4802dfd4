import { HELM_VARIABLE, HelmError } from "../render/helm/helm";
import { HELM_NEEDED, HELM_SOURCE, isHelmSupported } from "../render/helm/helm-version";
import { type HelmResult, runHelm } from "../render/helm/run-helm";
import { CommandError } from "./command-error";
import { oneLine } from "./doctor/aws-problem";

/** Helm with the user's own settings, as at a terminal. */
export class HelmTool {
  constructor(
    private readonly command: string,
    private readonly env: Readonly<Record<string, string>> = {},
  ) {}

  run(args: readonly string[]): Promise<HelmResult> {
    return runHelm(this.command, args, { env: { ...process.env, ...this.env } });
  }

  /** The same with variables laid over. */
  with(env: Readonly<Record<string, string>>): HelmTool {
    return new HelmTool(this.command, { ...this.env, ...env });
  }

  /** What Helm wrote when it failed, as one line. */
  says(errors: string): string {
    return oneLine(new HelmError(errors).message);
  }
}

/**
 * The Helm by that name, else the one that EKS_PLATFORM_HELM names, else `helm` on the PATH.
 *
 * @throws {CommandError} if there is none, or if it is not one of Helm 3 that can be used
 */
export async function findHelmTool(named: string | undefined): Promise<HelmTool> {
  const command = named ?? (process.env[HELM_VARIABLE] || "helm");
  const asked = await runHelm(command, ["version", "--template", "{{.Version}}"]).catch(() => undefined);
  const version = asked?.exitCode === 0 ? asked.output.trim() : "";
  if (isHelmSupported(version)) return new HelmTool(command);
  const found = asked ? `"${command}" is ${version ? `Helm ${version}` : "no Helm"}` : `"${command}" cannot be run`;
  throw new CommandError(
    `${found}; needed is ${HELM_NEEDED}`,
    `get one from ${HELM_SOURCE} and name it with --helm or ${HELM_VARIABLE}`,
  );
}
