import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeRunFolder } from "../folders";
import type { Certificates } from "./certificates";

/** JSON is YAML too, so no YAML writer is needed. */
function write(name: string, cluster: object, user: object): string {
  const file = join(makeRunFolder(), name);
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
export function adminKubeconfig(address: string, { ca, admin }: Certificates): string {
  const user = { "client-certificate": admin.certificate, "client-key": admin.key };
  return write("admin.kubeconfig", { server: address, "certificate-authority": ca }, user);
}

/** For the API server: whom it asks about a token it does not know, that is the EKS emulator. */
export function webhookKubeconfig(url: string): string {
  return write("login-webhook.kubeconfig", { server: url }, {});
}
