import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { releaseState } from "../../../../lib/render/diff/release-state";
import { readStack } from "../../../../lib/render/stack/stack-file";
import { stackReleases } from "../../../../lib/render/stack/stack-releases";
import { removeTemporaryFolders, synthesizedOutput, type TestRelease, temporaryFolder } from "../../../support/render";

afterAll(removeTemporaryFolders);

function stateOf(release: Partial<TestRelease>): unknown {
  const out = synthesizedOutput([{ name: "api", chart: "echo", ...release }]);
  return stackReleases(readStack(out, "test")).releases.map(releaseState);
}

/** A chart with a subchart, whose name must not be taken for its own. */
function chartFolder(): string {
  const folder = join(temporaryFolder(), "api");
  const sub = join(folder, "charts", "aa");
  mkdirSync(sub, { recursive: true });
  writeFileSync(join(sub, "Chart.yaml"), "apiVersion: v2\nname: aa\nversion: 9.9.9\n");
  writeFileSync(join(folder, "Chart.yaml"), "apiVersion: v2\nname: api\nversion: 1.1.0\n");
  return folder;
}

test("a chart that lies in the repository is named by itself: a folder, or an archive", () => {
  const folder = chartFolder();
  const state = { source: "genomics/api", chart: "api", version: "1.1.0", values: { replicas: 2 } };
  expect(stateOf({ chart: folder, values: { replicas: 2 } })).toEqual([state]);
  const archive = `${folder}.tgz`;
  execFileSync("tar", ["-czf", archive, "-C", join(folder, ".."), "api"]);
  expect(stateOf({ chart: archive, values: { replicas: 2 } })).toEqual([state]);
});

test("a chart of a repository is named by where it comes from", () => {
  const body = { chart: "api", repository: "oci://registry.example.com/charts/", version: "1.2.0" };
  expect(stateOf({ body })).toEqual([
    { source: "genomics/api", chart: "oci://registry.example.com/charts/api", version: "1.2.0", values: {} },
  ]);
});
