import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { App, TerraformStack, Testing } from "cdktf";
import { HelmRelease } from "../../../lib/helm/helm-release";
import { ServiceAccount } from "../../../lib/kubernetes/service-account";
import type { PlatformContract } from "../../../lib/platform/contract";
import { Platform } from "../../../lib/platform/platform";
import {
  addressesUnchanged,
  contractFixture,
  countResources,
  destroysNothingSince,
  hasNoResource,
  hasResource,
  isIsolatedFrom,
  isReachable,
  render,
  rendersNo,
  rendersTo,
  snapshotOf,
  synthesize,
} from "../../../lib/testing";
import "../../../lib/testing/jest";
import { say } from "../../support/namespaces";
import { fixtureChart, useOwnCache } from "../../support/render";
import { cleanEnvironment, setEnvironment } from "./environment";

useOwnCache();
cleanEnvironment();

/** Where the apps of the examples would write to. */
const outputs: string[] = [];

/** What another team would write. */
class Variants extends TerraformStack {
  constructor(scope: App, id: string, contract: PlatformContract) {
    super(scope, id);
    outputs.push(scope.outdir);
    const platform = Platform.fromContract(this, "platform", contract);
    platform.useState();
    const namespace = platform.namespace("genomics");
    const statements = [{ Effect: "Allow" as const, Action: ["s3:GetObject"], Resource: ["arn:aws:s3:::variants/*"] }];
    new ServiceAccount(this, "Api", { namespace, name: "api", cluster: platform.cluster, statements });
    const chart = { path: fixtureChart("echo") };
    new HelmRelease(this, "Variants", { releaseName: "variants", namespace, chart, values: [{ replicas: 2 }] });
  }
}

const platformStack = say(() => {}).json;
const stack = synthesize(new Variants(Testing.app(), "staging", contractFixture()));

/** The examples record and read files in the folder that they run in. */
const before = process.cwd();
const folder = mkdtempSync(join(tmpdir(), "testing-docs-"));
beforeAll(() => {
  process.chdir(folder);
  setEnvironment({ EKS_PLATFORM_UPDATE: "1" });
  destroysNothingSince(stack, "recorded/staging.json");
  addressesUnchanged(stack, "recorded/staging.addresses");
});
afterAll(() => {
  process.chdir(before);
  for (const each of [folder, ...outputs]) rmSync(each, { recursive: true, force: true });
});

test("the API's role can be assumed by its pods only", () => {
  hasResource(stack, "aws_iam_role", {
    path: "/eks-platform/staging/genomics/",
    assume_role_policy: { Statement: [{ Effect: "Allow", Principal: { Service: "pods.eks.amazonaws.com" } }] },
  });
  hasResource(stack, "data.aws_ssm_parameter", { name: "/eks-platform/staging/live" });
  hasNoResource(stack, "aws_iam_access_key");
  countResources(stack, "aws_iam_role", 1);
});

{
  // A small one: the snapshot shows the form, and does not change with the contract.
  const stack = synthesize({ resource: { aws_iam_role: { Api: { path: "/", tags: { Account: "111122223333" } } } } });
  test("staging is as it was reviewed", () => {
    expect(snapshotOf(stack)).toMatchSnapshot();
  });
}

test("the API runs twice", async () => {
  await rendersTo(stack, { release: "variants", kind: "ConfigMap", name: "variants" }, { data: { replicas: "2" } });
  await rendersNo(stack, { release: "variants", kind: "Ingress", name: "variants" });
});

test("reports cannot call the API, and the API can resolve names", async () => {
  const rendered = await render(stack);
  const dns = { namespace: "kube-system", labels: { "k8s-app": "kube-dns" } };
  const beside = [platformStack];
  isIsolatedFrom(rendered, { from: "reports", to: "genomics", beside });
  isReachable(rendered, { from: "genomics", to: dns, port: 53, protocol: "UDP", beside });
});

test("nothing that runs is destroyed", () => {
  destroysNothingSince(stack, "recorded/staging.json");
  addressesUnchanged(stack, "recorded/staging.addresses");
});

test("the stack fits every environment", () => {
  for (const environment of ["staging", "prod"]) {
    const contract = contractFixture({ environment, cluster: { kubernetesVersion: "1.34" } });
    hasResource(new Variants(Testing.app(), environment, contract), "kubernetes_service_account_v1");
  }
});

test("the same with matchers", async () => {
  expect(stack).toHaveResource("aws_iam_role", { name: "staging-genomics-api" });
  expect(stack).not.toHaveResource("aws_iam_access_key");
  expect(stack).toHaveResourceCount("aws_iam_role", 1);
  expect(await render(stack)).toIsolate("reports", "genomics", { beside: [platformStack] });
  expect(stack).toConnect("default", "kube-system", { port: 53, protocol: "UDP" });
  expect(stack).toDestroyNothingSince("recorded/staging.json");
  expect(stack).toHaveAddressesOf("recorded/staging.addresses");
  await expect(stack).toRenderTo({ release: "variants", kind: "ConfigMap", name: "variants" });
});

test("the page shows these examples and no others", () => {
  const page = readFileSync(resolve(__dirname, "../../../docs/testing.md"), "utf8");
  const own = flush(readFileSync(__filename, "utf8"));
  const examples = [...page.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code = ""]) =>
    code.replaceAll(/^import .*\n+/gm, ""),
  );
  expect(examples).toHaveLength(8);
  for (const example of examples) expect(own).toContain(flush(example));
});

/** Lines without their indentation. */
function flush(code: string): string {
  return code.replaceAll(/^ +/gm, "");
}

test("the message of the page is the one that is told", () => {
  const page = readFileSync(resolve(__dirname, "../../../docs/testing.md"), "utf8");
  const [, message = ""] = /```text\n([\s\S]*?)\n```/.exec(page) ?? [];
  expect(() => hasResource(stack, "aws_iam_role", { path: "/" })).toThrow(new Error(message));
});
