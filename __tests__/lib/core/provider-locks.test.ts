import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { copyProviderLocks } from "../../../lib/core/provider-locks";

const folder = mkdtempSync(join(tmpdir(), "provider-locks-"));
afterAll(() => rmSync(folder, { recursive: true }));

function synthesizedApp(): App {
  const app = new App({ outdir: join(folder, "out") });
  for (const id of ["one", "two"]) new LocalBackend(new TerraformStack(app, id), { path: `${id}.tfstate` });
  app.synth();
  return app;
}

test("the repository's checksums lie beside every stack after synth", () => {
  const lockFile = join(folder, "terraform.lock.hcl");
  writeFileSync(lockFile, "# checksums\n");
  copyProviderLocks(synthesizedApp(), lockFile);
  for (const id of ["one", "two"]) {
    expect(readFileSync(join(folder, "out", "stacks", id, ".terraform.lock.hcl"), "utf8")).toBe("# checksums\n");
  }
});

test("a repository without the file synthesises as well", () => {
  expect(() => copyProviderLocks(synthesizedApp(), join(folder, "none.hcl"))).not.toThrow();
});

test("the file of this repository pins the versions that the stacks require, with checksums for every platform", () => {
  const lock = readFileSync("terraform.lock.hcl", "utf8");
  const pinned = [
    ...lock.matchAll(/provider "registry\.terraform\.io\/hashicorp\/(\w+)" \{\n {2}version = "([\d.]+)"/g),
  ];
  expect(pinned.map(([, name, version]) => `${name} ${version}`)).toEqual([
    "aws 5.100.0",
    "helm 3.1.1",
    "kubernetes 2.38.0",
  ]);
  for (const block of lock.split(/^provider /m).slice(1)) {
    expect(block.match(/"zh:[0-9a-f]{64}"/g)?.length).toBeGreaterThanOrEqual(12);
  }
});
