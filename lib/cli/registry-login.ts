import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { parseRegistryHost } from "../registry/registry-address";
import { CommandError } from "./command-error";
import { askWithin } from "./doctor/ask-tool";
import { awsProblem } from "./doctor/aws-problem";

type Environment = Readonly<Record<string, string | undefined>>;

/** A private file with logins to registries. */
export interface RegistryLogin {
  /** For Helm, and for Terraform's helm provider. */
  readonly env: Readonly<Record<string, string>>;
  /** Takes the file and its folder away. */
  remove(): void;
}

/** The user name that goes with a token: https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry_auth.html */
const USER = "AWS";
const TOKEN_SECONDS = 60;

/** As Helm and Docker write it. */
interface RegistryConfig {
  readonly auths?: Readonly<Record<string, unknown>>;
  readonly credHelpers?: Readonly<Record<string, string>>;
  readonly credsStore?: string;
}

/**
 * Logs in to those of the hosts that are registries of ECR, with tokens that end after 12 hours. Logins of the user to other hosts are
 * kept. Nothing of the user is changed, and no token is on a command line.
 *
 * @param env What the AWS CLI runs with: the whole environment, with the credentials of a role where one is assumed.
 * @throws {CommandError} if there is no token to be had
 */
export async function registryLogin(hosts: readonly string[], env: Environment = process.env): Promise<RegistryLogin> {
  const auths = await loginsTo(hosts, env);
  const config = merged(userConfig(env), auths);
  // Nobody else can open a folder that mkdtemp makes.
  const folder = mkdtempSync(join(tmpdir(), "eks-platform-registry-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    mkdirSync(join(folder, "registry"), { mode: 0o700 });
    const file = join(folder, "registry", "config.json");
    writeFileSync(file, JSON.stringify(config, undefined, 2), { mode: 0o600, flag: "wx" });
    return { env: variables(folder, file, env), remove };
  } catch (error) {
    remove();
    throw error;
  }
}

/**
 * Runs an action with logins to those of the hosts that are registries of ECR. They are gone afterwards, also when the action fails or a
 * signal ends the program.
 *
 * @param action Gets the variables to lay over the environment of Helm or Terraform; none if no host needs a login.
 */
export async function withRegistryLogin<T>(
  hosts: readonly string[],
  env: Environment,
  action: (env: Record<string, string>) => Promise<T>,
): Promise<T> {
  if (!hosts.some(parseRegistryHost)) return action({});
  const login = await registryLogin(hosts, env);
  const onSignal = (signal: NodeJS.Signals) => {
    // Where somebody else listens, the action ends in its own way, and may pull until then.
    if (process.listenerCount(signal) > 1) return;
    login.remove();
    process.off(signal, onSignal);
    process.kill(process.pid, signal);
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  process.on("exit", login.remove);
  try {
    return await action({ ...login.env });
  } finally {
    login.remove();
    for (const signal of SIGNALS) process.off(signal, onSignal);
    process.off("exit", login.remove);
  }
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** A token is good for every registry of its region that the caller may use. */
async function loginsTo(hosts: readonly string[], env: Environment): Promise<Record<string, { auth: string }>> {
  const tokens = new Map<string, Promise<string>>();
  const logins = [...new Set(hosts)].flatMap((host) => {
    const region = parseRegistryHost(host)?.region;
    if (region === undefined) return [];
    const token = tokens.get(region) ?? tokenOf(region, host, env);
    tokens.set(region, token);
    return [token.then((text) => [host, { auth: Buffer.from(`${USER}:${text}`).toString("base64") }] as const)];
  });
  return Object.fromEntries(await Promise.all(logins));
}

async function tokenOf(region: string, host: string, env: Environment): Promise<string> {
  const ask = askWithin(TOKEN_SECONDS, { ...env, AWS_PAGER: "" });
  const answer = await ask("aws", ["ecr", "get-login-password", "--region", region]);
  const problem = `no login to ${host}`;
  if (answer.kind === "missing") {
    throw new CommandError(`${problem}: aws is not installed`, "install it and see that it is on the PATH");
  }
  if (answer.kind === "silent") {
    throw new CommandError(`${problem}: no answer within ${answer.seconds} s`, "check network and proxy");
  }
  const token = answer.output.trim();
  if (answer.exitCode === 0 && token !== "") return token;
  const { says, fix } = awsProblem(answer.errors, env.AWS_PROFILE);
  throw new CommandError(`${problem}: ${says || "the AWS CLI gave no token"}`, fix);
}

/** The logins that Helm uses by itself. */
function userConfig(env: Environment): RegistryConfig {
  const file = env.HELM_REGISTRY_CONFIG || join(helmConfigHome(env), "registry", "config.json");
  const text = existsSync(file) ? readFileSync(file, "utf8").trim() : "";
  try {
    // Helm takes an empty file for none.
    const config: unknown = JSON.parse(text || "{}");
    if (typeof config === "object" && config !== null) return config;
  } catch {
    // What a parser says repeats what it read.
  }
  throw new CommandError(`${file} is not a file of logins as Helm writes it`, "mend it, or remove it and log in again");
}

/**
 * One store for all hosts would be asked for ours, too, and what stands in the file would count for nothing: it stays for the hosts that
 * the file names. For others Docker's own file is asked next, as ever.
 */
function merged(user: RegistryConfig, auths: Readonly<Record<string, object>>): RegistryConfig {
  const { credsStore, credHelpers, ...rest } = user;
  const stored =
    credsStore === undefined ? [] : Object.keys(user.auths ?? {}).map((host) => [host, credsStore] as const);
  const helpers = Object.entries({ ...Object.fromEntries(stored), ...credHelpers }).filter(
    ([host]) => !(host in auths),
  );
  const kept = helpers.length > 0 ? { credHelpers: Object.fromEntries(helpers) } : {};
  return { ...rest, ...kept, auths: { ...user.auths, ...auths } };
}

/**
 * Helm reads HELM_REGISTRY_CONFIG. Terraform's helm provider has HELM_REGISTRY_CONFIG_PATH for it, which version 3.1 takes and does not use:
 * it reads `registry/config.json` in HELM_CONFIG_HOME. The user's list of repositories lies there, too, so it is named by itself.
 *
 * @see https://github.com/hashicorp/terraform-provider-helm/issues/1709
 */
function variables(folder: string, file: string, env: Environment): Record<string, string> {
  const repositories = env.HELM_REPOSITORY_CONFIG || join(helmConfigHome(env), "repositories.yaml");
  return {
    HELM_CONFIG_HOME: folder,
    HELM_REGISTRY_CONFIG: file,
    HELM_REGISTRY_CONFIG_PATH: file,
    HELM_REPOSITORY_CONFIG: repositories,
  };
}

/** @see https://helm.sh/docs/helm/helm/ */
function helmConfigHome(env: Environment): string {
  if (env.HELM_CONFIG_HOME) return env.HELM_CONFIG_HOME;
  if (env.XDG_CONFIG_HOME) return join(env.XDG_CONFIG_HOME, "helm");
  const home = env.HOME || homedir();
  if (process.platform === "darwin") return join(home, "Library", "Preferences", "helm");
  if (process.platform === "win32") return join(env.APPDATA ?? home, "helm");
  return join(home, ".config", "helm");
}
