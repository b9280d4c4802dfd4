import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { HELM_VARIABLE, Helm } from "../../../../lib/render/helm/helm";
import { isHelmSupported } from "../../../../lib/render/helm/helm-version";
import { fixtureChart, removeTemporaryFolders, temporaryFolder } from "../../../support/render";

const real = process.env[HELM_VARIABLE];

afterEach(() => {
  process.env[HELM_VARIABLE] = real;
});
afterAll(removeTemporaryFolders);

/** A program in place of Helm. */
function program(script: string): string {
  const file = join(temporaryFolder(), "helm");
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return file;
}

const needed =
  "rendering needs Helm 3, at least 3.14 and not 3.18.0; get one from https://helm.sh/docs/intro/install/ and name it with --helm or EKS_PLATFORM_HELM";

test.each([
  ["v3.14.0", true],
  ["v3.17.3", true],
  ["v3.18.1", true],
  ["v3.19.0+g123", true],
  ["v3.13.9", false],
  ["v3.18.0", false],
  ["v4.0.0", false],
  ["v2.17.0", false],
  ["3.15.0", true],
  ["", false],
])("Helm %s can be used: %s", (version, expected) => {
  expect(isHelmSupported(version)).toBe(expected);
});

test.each(["v4.0.1", "v3.13.3", "v3.18.0"])("Helm %s is refused, with what is needed", async (version) => {
  const helm = program(`echo ${version}`);
  await expect(Helm.find(helm, temporaryFolder())).rejects.toThrow(`"${helm}" is Helm ${version}; ${needed}`);
});

test("a Helm that is not there is refused", async () => {
  await expect(Helm.find("/nowhere/helm", temporaryFolder())).rejects.toThrow(
    `"/nowhere/helm" is not there; ${needed}`,
  );
});

test("a program that is no Helm is refused, with what it said", async () => {
  const helm = program("echo 'unknown command' >&2; exit 3");
  await expect(Helm.find(helm, temporaryFolder())).rejects.toThrow(`"${helm}" is no Helm: unknown command; ${needed}`);
});

test("a file that is no program is refused", async () => {
  const file = join(temporaryFolder(), "helm");
  writeFileSync(file, "text");
  await expect(Helm.find(file, temporaryFolder())).rejects.toThrow(`"${file}" cannot be run; ${needed}`);
});

test("the Helm that is named wins over the variable", async () => {
  process.env[HELM_VARIABLE] = "/nowhere/helm";
  const helm = await Helm.find(real, temporaryFolder());
  expect(helm.command).toBe(real);
  expect(helm.version).toMatch(/^v3\.\d+\.\d+/);
});

test("settings and plugins of the user change nothing", async () => {
  const home = temporaryFolder();
  mkdirSync(join(home, "plugins", "broken"), { recursive: true });
  writeFileSync(join(home, "plugins", "broken", "plugin.yaml"), "name: [");
  const variables = {
    HELM_NAMESPACE: "other",
    HELM_DEBUG: "true",
    HELM_PLUGINS: join(home, "plugins"),
    HELM_MAX_HISTORY: "x",
  };
  Object.assign(process.env, variables);
  try {
    const helm = await Helm.find(real, temporaryFolder());
    const output = await helm.template({
      chart: fixtureChart("echo"),
      releaseName: "api",
      namespace: "genomics",
      kubernetesVersion: "1.35",
      apiVersions: [],
      hooks: true,
      values: "{}",
    });
    expect(output).toContain("namespace: genomics");
  } finally {
    for (const name of Object.keys(variables)) delete process.env[name];
  }
});
