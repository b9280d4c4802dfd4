import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { local } from "../stacks/local-environment";

/** Makes a home folder whose kubeconfig has the context that the environment `local` names. Answers the file. */
export function localHome(home: string, kubeconfig: string): string {
  const config = JSON.parse(readFileSync(kubeconfig, "utf8")) as { contexts: readonly object[] };
  const contexts = config.contexts.map((each) => ({ ...each, name: local.kubeconfig.context }));
  const file = join(home, ".kube", "config");
  mkdirSync(join(home, ".kube"), { recursive: true });
  writeFileSync(file, JSON.stringify({ ...config, contexts }), { mode: 0o600 });
  return file;
}
