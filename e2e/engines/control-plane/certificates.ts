import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { mustRun } from "../tools";

/** Paths of the files that the control plane and its administrator identify themselves with. */
export interface Certificates {
  readonly ca: string;
  readonly server: { readonly certificate: string; readonly key: string };
  readonly admin: { readonly certificate: string; readonly key: string };
  /** Pair that signs and checks the tokens of service accounts. */
  readonly serviceAccounts: { readonly publicKey: string; readonly key: string };
}

const serverNames =
  "DNS:localhost,DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc,IP:127.0.0.1,IP:10.96.0.1";

/** A new authority for every start: its key signs nothing that outlives the run. */
export async function makeCertificates(runFolder: string): Promise<Certificates> {
  const folder = join(runFolder, "certificates");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = (name: string) => join(folder, name);
  const caKey = file("ca.key");
  const ca = file("ca.crt");
  const newCa = ["req", "-x509", ...ecKey(caKey), "-out", ca, "-days", "30", "-subj", "/CN=loopback-control-plane"];
  await mustRun("openssl", [...newCa, "-addext", "keyUsage=critical,keyCertSign,cRLSign"]);

  const issue = async (name: string, subject: string, extensions: string) => {
    const [request, key, certificate, settings] = ["csr", "key", "crt", "ext"].map((end) => file(`${name}.${end}`)) as [
      string,
      string,
      string,
      string,
    ];
    writeFileSync(settings, `${extensions}\n`);
    await mustRun("openssl", ["req", "-new", ...ecKey(key), "-out", request, "-subj", subject]);
    const signing = ["-CA", ca, "-CAkey", caKey, "-CAcreateserial", "-days", "30", "-extfile", settings];
    await mustRun("openssl", ["x509", "-req", "-in", request, "-out", certificate, ...signing]);
    chmodSync(key, 0o600);
    return { certificate, key };
  };

  const server = await issue(
    "server",
    "/CN=kube-apiserver",
    `extendedKeyUsage=serverAuth\nsubjectAltName=${serverNames}`,
  );
  const admin = await issue("admin", "/O=system:masters/CN=engines-admin", "extendedKeyUsage=clientAuth");
  const serviceAccounts = { publicKey: file("service-accounts.pub"), key: file("service-accounts.key") };
  await mustRun("openssl", ["genrsa", "-out", serviceAccounts.key, "2048"]);
  await mustRun("openssl", ["rsa", "-in", serviceAccounts.key, "-pubout", "-out", serviceAccounts.publicKey]);
  return { ca, server, admin, serviceAccounts };
}

function ecKey(file: string): string[] {
  return ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", file];
}
