import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { APPLICATIONS } from "../../examples/twenty-applications/applications";
import { applicationsStack } from "../../examples/twenty-applications/stack";
import { platform } from "../../stacks/environments";
import { addPlatform } from "../../stacks/platform";

const folder = mkdtempSync(join(tmpdir(), "review-"));
const base = join(folder, "base");
const head = join(folder, "head");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function synth(outdir: string, changes: Readonly<Record<string, object>>): void {
  const app = new App({ outdir });
  const changed = APPLICATIONS.map((each) => ({ ...each, values: { ...each.values, ...changes[each.name] } }));
  applicationsStack(app, changed);
  app.synth();
}

function eksPlatform(...args: string[]) {
  const command = ["node_modules/.bin/tsx", "lib/cli/eks-platform.ts", ...args];
  return spawnSync(process.execPath, command, {
    encoding: "utf8",
    env: { ...process.env, EKS_PLATFORM_CACHE: join(folder, "cache") },
  });
}

/** The first block of output in the README behind a command. */
function shownAfter(command: string): string {
  const readme = readFileSync("README.md", "utf8");
  const behind = readme.slice(readme.indexOf("```", readme.indexOf(command)) + 3);
  return /^```\n([\s\S]*?)^```$/m.exec(behind)?.[1] ?? "";
}

test("the README shows what a new image and more replicas look like", () => {
  synth(base, {});
  synth(head, { consent: { tag: "2.1.0", replicas: 3 } });
  const { stdout, status } = eksPlatform("diff", "applications", "--base", base, "--out", head);
  expect(stdout).toBe(shownAfter("npm run eks-platform -- diff applications"));
  expect(status).toBe(0);
});

test("the same output twice has no difference, and is rendered from the cache", () => {
  const { stdout, stderr, status } = eksPlatform("render", "applications", "--out", base, "--to", join(folder, "to"));
  expect(stdout).toContain("applications: 20 releases, 88 objects in");
  expect(stdout).toContain("(20 cached,");
  expect(stderr).toContain("20/20 cached");
  expect(status).toBe(0);
});

test("the README shows how staging is rendered", () => {
  const app = new App({ outdir: join(folder, "staging") });
  addPlatform(app, platform);
  app.synth();
  const to = join(folder, "rendered");
  const { stdout, stderr } = eksPlatform("render", "staging", "--out", app.outdir, "--to", to);
  const shown = (stderr + stdout).replace(to, "rendered").replace(/\d+\.\d s\)/, "N s)");
  expect(shown).toBe(shownAfter("npm run eks-platform -- render staging").replace(/\d+\.\d s\)/, "N s)"));
});
