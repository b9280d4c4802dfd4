import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SourcedObject } from "../../../../lib/render/objects/kubernetes-object";
import { writeObjects } from "../../../../lib/render/objects/render-output";
import { removeTemporaryFolders, temporaryFolder } from "../../../support/render";

afterAll(removeTemporaryFolders);

function object(source: string, apiVersion: string, kind: string, name: string, namespace?: string): SourcedObject {
  return { source, namespace, object: { apiVersion, kind, metadata: { name, namespace } } };
}

/** All but the list of them. */
function filesOf(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name !== ".eks-platform-render")
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

test("each object has a file: by namespace, release, kind and name", () => {
  const folder = join(temporaryFolder(), "rendered", "staging");
  writeObjects(
    [
      object("genomics/api", "apps/v1", "Deployment", "api", "genomics"),
      object("genomics/api", "rbac.authorization.k8s.io/v1", "ClusterRole", "system:api:read"),
      object("platform", "v1", "Namespace", "genomics"),
      object("genomics/api", "v1", "ConfigMap", "extension", "kube-system"),
    ],
    folder,
  );
  expect(filesOf(folder)).toEqual([
    "_cluster/api/ClusterRole-system%3Aapi%3Aread.yaml",
    "_cluster/platform/Namespace-genomics.yaml",
    "genomics/api/Deployment-api.yaml",
    "kube-system/api/ConfigMap-extension.yaml",
  ]);
  expect(readFileSync(join(folder, "genomics/api/Deployment-api.yaml"), "utf8")).toBe(
    "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: api\n  namespace: genomics\n",
  );
});

test("kinds of two groups with one name say their group, objects without a name of their own get a number", () => {
  const folder = join(temporaryFolder(), "staging");
  const generated: SourcedObject = {
    source: "a/b",
    namespace: "a",
    object: { apiVersion: "v1", kind: "Pod", metadata: { generateName: "job-" } },
  };
  writeObjects(
    [
      object("a/b", "networking.k8s.io/v1", "Ingress", "web", "a"),
      object("a/b", "config.example.com/v1", "Ingress", "web", "a"),
      object("a/b", "v1", "Ingress", "other", "a"),
      generated,
      generated,
    ],
    folder,
  );
  expect(filesOf(folder)).toEqual([
    "a/b/Ingress-other.yaml",
    "a/b/Ingress.config.example.com-web.yaml",
    "a/b/Ingress.networking.k8s.io-web.yaml",
    "a/b/Pod-job-generated-2.yaml",
    "a/b/Pod-job-generated.yaml",
  ]);
});

test("what was there before is replaced as a whole", () => {
  const folder = join(temporaryFolder(), "staging");
  writeObjects([object("a/b", "v1", "ConfigMap", "old", "a")], folder);
  writeObjects([object("a/b", "v1", "ConfigMap", "new", "a")], folder);
  expect(filesOf(folder)).toEqual(["a/b/ConfigMap-new.yaml"]);
  writeObjects([], folder);
  expect(filesOf(folder)).toEqual([]);
});

test("when writing fails, what was there before stays, and nothing else", () => {
  const root = temporaryFolder();
  const folder = join(root, "staging");
  writeObjects([object("a/b", "v1", "ConfigMap", "good", "a")], folder);
  const bad = object("a/b", "v1", "ConfigMap", "x".repeat(300), "a");
  expect(() => writeObjects([object("a/b", "v1", "ConfigMap", "new", "a"), bad], folder)).toThrow(
    new Error(`${folder} cannot be written: ENAMETOOLONG; give another folder with --to`),
  );
  expect(filesOf(root)).toEqual(["staging/a/b/ConfigMap-good.yaml"]);
});

test("the folder lists what was rendered into it", () => {
  const folder = join(temporaryFolder(), "staging");
  mkdirSync(folder);
  writeObjects([object("a/b", "v1", "ConfigMap", "one", "a"), object("a/b", "v1", "Namespace", "a")], folder);
  expect(readFileSync(join(folder, ".eks-platform-render"), "utf8")).toBe(
    "a/b/ConfigMap-one.yaml\n_cluster/b/Namespace-a.yaml\n",
  );
});

test.each([false, true])(
  "a folder with a file that no render wrote is not touched, rendered into before: %s",
  (before) => {
    const folder = join(temporaryFolder(), "staging");
    if (before) writeObjects([object("a/b", "v1", "ConfigMap", "old", "a")], folder);
    mkdirSync(join(folder, "a", "c"), { recursive: true });
    writeFileSync(join(folder, "a", "c", "own.yaml"), "by: hand\n");
    expect(() => writeObjects([], folder)).toThrow(
      new Error(
        `${folder} holds a/c/own.yaml, which is not among the files that its .eks-platform-render lists; give another folder with --to, or remove this one`,
      ),
    );
    expect(readFileSync(join(folder, "a", "c", "own.yaml"), "utf8")).toBe("by: hand\n");
  },
);

test.each(["staging", "file/staging", "file/below/staging"])("a file in place of a folder is not touched: %s", (to) => {
  const root = temporaryFolder();
  const file = join(root, to.split("/")[0] ?? "");
  writeFileSync(file, "mine");
  expect(() => writeObjects([], join(root, to))).toThrow(new Error(`${file} is a file; give a folder with --to`));
  expect(readFileSync(file, "utf8")).toBe("mine");
});

test("names cannot lead out of the folder", () => {
  const folder = join(temporaryFolder(), "staging");
  writeObjects([object("../x/../..", "v1", "ConfigMap", "../../escape", "..")], folder);
  expect(filesOf(folder)).toEqual(["%2e%2e/x%2F..%2F../ConfigMap-..%2F..%2Fescape.yaml"]);
});
