import { realpathSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { S3Object } from "@cdktf/provider-aws/lib/s3-object";
import { AssetType, TerraformAsset, TerraformStack } from "cdktf";
import { snapshotOf, snapshotText } from "../../../../lib/testing/snapshot/snapshot";
import { testApp, testStack } from "../../../support/synth";

const cwd = process.cwd();
const home = process.env.HOME;
afterEach(() => {
  process.chdir(cwd);
  jest.restoreAllMocks();
  process.env.HOME = home;
});

/** A stack as it is in another project on a machine with another home folder. */
function snapshotAt(project: string, homeFolder: string, stack: () => object): Readonly<Record<string, unknown>> {
  jest.spyOn(process, "cwd").mockReturnValue(project);
  process.env.HOME = homeFolder;
  return snapshotOf(stack());
}

test.each(["/app", "/tmp", "/home/anyone/project"])("the project may lie in %s", (project) => {
  const stack = () => ({
    terraform: { backend: { local: { path: `${process.cwd()}/terraform.a.tfstate` } } },
    data: { terraform_remote_state: { other: { config: { path: `${process.cwd()}/terraform.b.tfstate` } } } },
    resource: { aws_s3_object: { Page: { source: `${process.cwd()}/page.html`, key: "a/app/tmp" } } },
  });
  expect(snapshotAt(project, "/home/anyone", stack)).toEqual({
    "//": { snapshot: { form: 1, stack: "the stack" } },
    terraform: { backend: { local: { path: "<project>/terraform.a.tfstate" } } },
    data: { terraform_remote_state: { other: { config: { path: "<project>/terraform.b.tfstate" } } } },
    resource: { aws_s3_object: { Page: { source: "<project>/page.html", key: "a/app/tmp" } } },
  });
});

test("whether a path looks like a secret does not depend on where the project lies", () => {
  const stack = () => ({ resource: { aws_vpc: { password: { a: { password: `${process.cwd()}/a` } } } } });
  const [one, other] = ["/srv/build/project", join(tmpdir(), "build", "project")].map((project) =>
    snapshotAt(project, "/home/anyone", stack),
  );
  expect(other).toEqual(one);
  expect(snapshotText(snapshotOf(one ?? {}))).toBe(snapshotText(one ?? {}));
});

test("a real folder one deep is the project", () => {
  if (realpathSync(tmpdir()).split("/").length !== 2) return;
  process.chdir(tmpdir());
  const app = testApp();
  expect(snapshotOf(new TerraformStack(app, "a")).terraform).toEqual({
    backend: { local: { path: "<project>/terraform.a.tfstate" } },
  });
});

test.each(["/root", "/home/anyone", "/Users/anyone"])(
  "the home folder %s is named where the machine's files are",
  (home) => {
    const stack = () => ({
      provider: {
        helm: [
          { repository_cache: `${homedir()}/.cache/helm`, registry_config_path: `${homedir()}/x`, kubernetes: {} },
        ],
        kubernetes: [{ exec: [{ command: `${homedir()}/bin/aws`, args: [`--config=${homedir()}/.aws`] }] }],
      },
      locals: { folder: `${homedir()}/x`, other: "/mnt/root/x" },
      resource: {
        helm_release: { A: { keyring: `${homedir()}/.gnupg/pub`, postrender: { binary_path: `${homedir()}/bin/k` } } },
        null_resource: { B: { provisioner: [{ "local-exec": { command: `sh ${homedir()}/run.sh` } }] } },
      },
    });
    expect(snapshotAt("/srv/project", home, stack)).toMatchObject({
      provider: {
        helm: [{ repository_cache: "<home>/.cache/helm", registry_config_path: "<home>/x" }],
        kubernetes: [{ exec: [{ command: "<home>/bin/aws", args: ["--config=<home>/.aws"] }] }],
      },
      locals: { folder: "<home>/x", other: "/mnt/root/x" },
      resource: {
        helm_release: { A: { keyring: "<home>/.gnupg/pub", postrender: { binary_path: "<home>/bin/k" } } },
        null_resource: { B: { provisioner: [{ "local-exec": { command: "sh <home>/run.sh" } }] } },
      },
    });
  },
);

test.each([
  ["/app", "/data"],
  ["/srv", "/home/anyone"],
])("a path of a container stays, on a machine that has its project in %s and its home in %s", (project, home) => {
  const resource = {
    kubernetes_deployment_v1: {
      A: {
        working_dir: "/app/bin",
        env: { HOME: "/data", SRV: "/srv/x", TMP: `${tmpdir()}/x` },
        source: "/data/.cache",
        path: "/app",
      },
    },
    kubernetes_config_map_v1: { B: { data: { filename: "/data/.ssh", source: `${tmpdir()}/x` } } },
    aws_ecs_task_definition: { C: { working_directory: "/data/x" } },
  };
  expect(snapshotAt(project, home, () => ({ resource })).resource).toEqual(resource);
  const values = { source: "/data/x", chart: "/app/x" };
  const helm = { resource: { helm_release: { A: { values: [JSON.stringify(values)] } } } };
  expect(snapshotAt(project, home, () => helm).resource).toEqual({
    helm_release: { A: { values: [{ "<json>": values }] } },
  });
});

test("the hash of an asset has a name where it stands alone too", () => {
  const stack = testStack();
  const page = new TerraformAsset(stack, "Page", { path: "package.json", type: AssetType.FILE });
  const { path: source, assetHash, fileName } = page;
  new S3Object(stack, "O", { bucket: "x", key: `pages/${assetHash}/${fileName}`, source, sourceHash: assetHash });
  const text = snapshotText(stack);
  expect(JSON.parse(text).resource).toEqual({
    aws_s3_object: {
      O: {
        bucket: "x",
        key: "pages/<hash>/package.json",
        source: "assets/Page/<hash>/package.json",
        source_hash: "<hash>",
      },
    },
  });
  expect(snapshotText(JSON.parse(text))).toBe(text);
});
