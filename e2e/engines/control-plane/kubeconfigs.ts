import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Certificates } from "./certificates";

/** JSON is YAML too, so no YAML writer is needed. */
function write(file: string, cluster: object, user: object): string {
  const config = {
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "engines", cluster }],
    users: [{ name: "engines", user }],
    contexts: [{ name: "engines", context: { cluster: "engines", user: "engines" } }],
    "current-context": "engines",
  };
  writeFileSync(file, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600 });
  return file;
}

/** For people and tests: everything is allowed. */
export function adminKubeconfig(runFolder: string, address: string, { ca, admin }: Certificates): string {
  const user = { "client-certificate": admin.certificate, "client-key": admin.key };
  return write(join(runFolder, "admin.kubeconfig"), { server: address, "certificate-authority": ca }, user);
}

/** For the API server: whom it asks about a token it does not know, that is the EKS emulator. */
export function webhookKubeconfig(runFolder: string, url: string): string {
  return write(join(runFolder, "login-webhook.kubeconfig"), { server: url }, {});
}
