import { join } from "node:path";
import { RenderError } from "../render-error";
import { HELM_NEEDED, HELM_SOURCE, isHelmSupported } from "./helm-version";
import { type HelmResult, runHelm } from "./run-helm";

/** Names the Helm to render with. */
export const HELM_VARIABLE = "EKS_PLATFORM_HELM";

/** What Helm is asked to render. */
export interface TemplateRequest {
  readonly chart: string;
  readonly releaseName: string;
  readonly namespace: string;
  /** Minor version, for example `1.35`. */
  readonly kubernetesVersion: string;
  readonly apiVersions: readonly string[];
  readonly hooks: boolean;
  /** YAML, which JSON is. */
  readonly values: string;
}

/** Helm said no. The message is one line, without `Error:`. */
export class HelmError extends Error {
  constructor(errors: string) {
    super(oneLine(errors));
    this.name = "HelmError";
  }
}

/** The Helm engine, in an environment of its own: no plugin, repository or setting of the user changes what it renders. */
export class Helm {
  private constructor(
    readonly command: string,
    /** For example `v3.17.3`. */
    readonly version: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  /**
   * The Helm by that name, else the one that EKS_PLATFORM_HELM names, else `helm` on the PATH.
   *
   * @param homes Folder for what Helm writes besides its output.
   * @throws {RenderError} if there is none, or if it is not one of Helm 3 that can be used
   */
  static async find(named: string | undefined, homes: string): Promise<Helm> {
    const command = named ?? (process.env[HELM_VARIABLE] || "helm");
    const [asked, logins] = await askBoth(command);
    const version = asked.output.trim();
    if (asked.exitCode !== 0) throw refusal(`"${command}" is no Helm: ${oneLine(asked.errors)}`);
    if (!isHelmSupported(version)) throw refusal(`"${command}" is Helm ${version}`);
    return new Helm(command, version, isolated(homes, logins.output.trim()));
  }

  /** Everything of a release as YAML: custom resource definitions, templates and hooks; tests are never installed and left out. */
  async template(request: TemplateRequest): Promise<string> {
    const { chart, releaseName, namespace, kubernetesVersion, apiVersions, hooks, values } = request;
    const args = ["template", releaseName, chart, "--namespace", namespace, "--kube-version", `${kubernetesVersion}.0`];
    args.push("--include-crds", "--skip-tests", "--values", "-");
    if (!hooks) args.push("--no-hooks");
    if (apiVersions.length > 0) args.push("--api-versions", apiVersions.join(","));
    return this.mustRun(args, values);
  }

  /** Brings a chart's archive into a folder. */
  async pull(reference: readonly string[], version: string, folder: string): Promise<void> {
    await this.mustRun(["pull", ...reference, "--version", version, "--destination", folder]);
  }

  private async mustRun(args: readonly string[], input?: string): Promise<string> {
    const { exitCode, output, errors } = await runHelm(this.command, args, { env: this.env, input });
    if (exitCode !== 0) throw new HelmError(errors);
    return output;
  }
}

function refusal(found: string): RenderError {
  return new RenderError(
    `${found}; rendering needs ${HELM_NEEDED}`,
    `get one from ${HELM_SOURCE} and name it with --helm or ${HELM_VARIABLE}`,
  );
}

/** Which version it is, and where its logins to registries lie on this system. */
async function askBoth(command: string): Promise<[HelmResult, HelmResult]> {
  try {
    const version = runHelm(command, ["version", "--template", "{{.Version}}"]);
    return await Promise.all([version, runHelm(command, ["env", "HELM_REGISTRY_CONFIG"])]);
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
    throw refusal(missing ? `"${command}" is not there` : `"${command}" cannot be run`);
  }
}

/** Logins are the user's own, as Terraform uses them too; everything else of Helm is fresh. */
function isolated(homes: string, logins: string): NodeJS.ProcessEnv {
  const others = Object.entries(process.env).filter(([name]) => !name.startsWith("HELM_"));
  return {
    ...Object.fromEntries(others),
    HELM_CACHE_HOME: join(homes, "cache"),
    HELM_CONFIG_HOME: join(homes, "config"),
    HELM_DATA_HOME: join(homes, "data"),
    HELM_REGISTRY_CONFIG: logins,
  };
}

/** Helm's words for a person at a terminal, as one line. */
function oneLine(errors: string): string {
  const lines = errors.split("\n").map((line) => line.trim());
  const told = lines.filter((line) => line !== "" && !/^(WARNING:|walk\.go|coalesce\.go|.*\.go:\d+: )/.test(line));
  const text = (told.length > 0 ? told : lines)
    .join(" ")
    .replace(/^Error: /, "")
    .trim();
  return text
    .replace(/\s*Use --debug flag to render out invalid YAML/, "")
    .replaceAll(": - ", ": ")
    .replace(/[.;]$/, "");
}
