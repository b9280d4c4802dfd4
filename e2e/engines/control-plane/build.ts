import { randomUUID } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Log } from "../folders";
import { mustRun } from "../tools";
import { builtFolder, controlPlaneVersions, stagesFile } from "./binaries";

const { kubernetes, etcd, kwok } = controlPlaneVersions;
/** The libraries of a Kubernetes release have its version with 0 for the 1. */
const libraries = `v${kubernetes.replace(/^1/, "0")}`;
const stages = [
  "node/fast/node-initialize.yaml",
  "node/heartbeat/node-heartbeat.yaml",
  "pod/fast/pod-ready.yaml",
  "pod/fast/pod-complete.yaml",
  "pod/fast/pod-delete.yaml",
];
const static_ = { CGO_ENABLED: "0", GOFLAGS: "-mod=mod", GOWORK: "off" };

/** Builds the control plane from released Go modules; what is half done has another name and is thrown away. */
export async function buildControlPlane(log: Log): Promise<string> {
  const draft = `${builtFolder}.${randomUUID().slice(0, 8)}`;
  const source = join(draft, "source");
  mkdirSync(draft, { recursive: true });
  cpSync(join(__dirname, "source"), source, { recursive: true });
  try {
    log(`building Kubernetes ${kubernetes} (API server, controllers, scheduler): about five minutes, once`);
    await buildKubernetes(join(source, "kubernetes"), draft);
    log(`building etcd ${etcd}`);
    await buildEtcd(join(source, "etcd"), draft);
    log(`building kwok ${kwok}, which plays the nodes`);
    await buildKwok(draft);
    rmSync(source, { recursive: true });
    rmSync(builtFolder, { recursive: true, force: true });
    renameSync(draft, builtFolder);
    return builtFolder;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

async function buildKubernetes(source: string, out: string): Promise<void> {
  const release = await download(`k8s.io/kubernetes@v${kubernetes}`);
  // Its own go.mod points the libraries at folders of its repository; outside, the released ones take their place.
  const names = [...readFileSync(release.GoMod, "utf8").matchAll(/^\s*(k8s\.io\/\S+) => \.\/staging\//gm)];
  const replacements = names.map(([, name]) => `replace ${name} => ${name} ${libraries}`);
  const requirements = [`require k8s.io/kubernetes v${kubernetes}`, `require k8s.io/component-base ${libraries}`];
  writeFileSync(join(source, "go.mod"), moduleFile("controlplane", [...requirements, ...replacements]));
  const version = "k8s.io/component-base/version";
  const [major, minor] = kubernetes.split(".");
  const stamped = { gitVersion: `v${kubernetes}`, gitMajor: major, gitMinor: minor, gitTreeState: "clean" };
  const flags = Object.entries(stamped).map(([name, value]) => `-X ${version}.${name}=${value}`);
  await compile(source, join(out, "kubernetes"), flags.join(" "));
  for (const component of ["kube-apiserver", "kube-controller-manager", "kube-scheduler"]) {
    symlinkSync("kubernetes", join(out, component));
  }
}

async function buildEtcd(source: string, out: string): Promise<void> {
  writeFileSync(join(source, "go.mod"), moduleFile("etcd", [`require go.etcd.io/etcd/server/v3 v${etcd}`]));
  await compile(source, join(out, "etcd"), "");
}

async function buildKwok(out: string): Promise<void> {
  const env = { ...static_, GOFLAGS: undefined, GOBIN: out };
  await mustRun("go", ["install", `sigs.k8s.io/kwok/cmd/kwok@v${kwok}`], { env, seconds: 1800 });
  const { Dir } = await download(`sigs.k8s.io/kwok@v${kwok}`);
  const rules = stages.map((stage) => readFileSync(join(Dir, "kustomize", "stage", stage), "utf8"));
  writeFileSync(join(out, stagesFile), rules.join("\n---\n"));
}

async function compile(source: string, program: string, linkerFlags: string): Promise<void> {
  await mustRun("go", ["mod", "tidy"], { cwd: source, env: static_, seconds: 900 });
  const flags = ["-ldflags", `-s -w ${linkerFlags}`.trim(), "-o", program];
  await mustRun("go", ["build", ...flags, "."], { cwd: source, env: static_, seconds: 3600 });
}

async function download(module: string): Promise<{ GoMod: string; Dir: string }> {
  const env = { ...static_, GOFLAGS: undefined };
  return JSON.parse(await mustRun("go", ["mod", "download", "-json", module], { env, seconds: 900 }));
}

function moduleFile(name: string, lines: readonly string[]): string {
  return [`module ${name}`, "go 1.25", ...lines, ""].join("\n");
}
