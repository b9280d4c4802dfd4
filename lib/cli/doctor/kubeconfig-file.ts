import { readFileSync, statSync } from "node:fs";
import { isMap } from "../../render/objects/is-map";
import { readYaml } from "../../render/objects/kubernetes-yaml";
import { type Finding, fail, ok, warn } from "./check";

/** What a kubeconfig says of names. Keys and tokens in it are read by nobody here. */
export interface KubeconfigFile {
  readonly currentContext?: string;
  readonly contexts: readonly KubeContext[];
  readonly clusters: readonly string[];
  readonly users: readonly string[];
}

export interface KubeContext {
  readonly name: string;
  readonly cluster: string;
  readonly user: string;
}

/**
 * Reads a kubeconfig. A finding never repeats what stands in the file: it holds secrets.
 *
 * @see https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/
 */
export function readKubeconfig(path: string): { readonly file?: KubeconfigFile; readonly finding: Finding } {
  let text: string;
  let mode: number;
  try {
    const stats = statSync(path);
    // Whoever opens a pipe waits for its other end.
    if (!stats.isFile()) return { finding: fail(`${path} is not a file`, MEND) };
    if (stats.size > LARGEST_MIB * 1024 * 1024)
      return { finding: fail(`${path} is larger than ${LARGEST_MIB} MiB`, MEND) };
    text = readFileSync(path, "utf8");
    mode = stats.mode & 0o777;
  } catch (error) {
    return { finding: unreadable(path, (error as NodeJS.ErrnoException).code) };
  }
  const [document] = readYaml(text);
  if (document?.error) return { finding: fail(`${path} is not YAML`, MEND) };
  const content = document?.value ?? {};
  // A tool that takes its only cluster away leaves such a file.
  if (isMap(content) && isEmpty(content.contexts))
    return { finding: fail(`${path} has no context`, "start the cluster") };
  if (!isMap(content) || !Array.isArray(content.contexts))
    return { finding: fail(`${path} is no kubeconfig: it has no list "contexts"`, MEND) };
  const contexts = content.contexts.map((entry): KubeContext => {
    const context: unknown = isMap(entry) ? entry.context : undefined;
    return { name: nameOf(entry), ...(isMap(context) ? endsOf(context) : endsOf({})) };
  });
  const current = content["current-context"];
  const file: KubeconfigFile = {
    currentContext: typeof current === "string" && current !== "" ? current : undefined,
    contexts,
    clusters: namesIn(content.clusters),
    users: namesIn(content.users),
  };
  const open = process.platform !== "win32" && (mode & 0o077) !== 0;
  return { file, finding: open ? warn(`${path} is open to others`, `run: chmod 600 ${path}`) : ok(`is ${path}`) };
}

const LARGEST_MIB = 16;
const MEND = "name another file in kubeconfig.path of the environment, or have this one written again";

function unreadable(path: string, code: string | undefined): Finding {
  switch (code) {
    case "ENOENT":
    case "ENOTDIR":
      return fail(
        `${path} is not there`,
        "start the cluster, or name another file in kubeconfig.path of the environment",
      );
    case "EACCES":
    case "EPERM":
      return fail(
        `${path} may not be read by this user`,
        `let its owner run: chmod 600 ${path}, or run this as its owner`,
      );
    default:
      return fail(`${path} cannot be read (${code})`, MEND);
  }
}

function isEmpty(list: unknown): boolean {
  return list === undefined || list === null || (Array.isArray(list) && list.length === 0);
}

function endsOf({ cluster, user }: Readonly<Record<string, unknown>>): Omit<KubeContext, "name"> {
  return { cluster: typeof cluster === "string" ? cluster : "", user: typeof user === "string" ? user : "" };
}

function namesIn(list: unknown): string[] {
  return Array.isArray(list) ? list.map(nameOf) : [];
}

function nameOf(entry: unknown): string {
  return isMap(entry) && typeof entry.name === "string" ? entry.name : "";
}
