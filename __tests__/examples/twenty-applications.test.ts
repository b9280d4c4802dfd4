import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { block } from "../../e2e/steps/hand-written/hcl";
import { writeByHand } from "../../e2e/steps/hand-written/main-tf";
import { objectsByHand } from "../../e2e/steps/hand-written/same-objects";
import { APPLICATIONS } from "../../examples/twenty-applications/applications";
import { applicationsStack, EKS_NETWORK } from "../../examples/twenty-applications/stack";
import { synthesize, testApp } from "../support/synth";

const synthesized = synthesize(applicationsStack(testApp()));

test("an application takes at most 15 lines", () => {
  const source = readFileSync("examples/twenty-applications/applications.ts", "utf8");
  const records = source.slice(source.indexOf("APPLICATIONS")).match(/^ {2}\{$[\s\S]*?^ {2}\},$/gm) ?? [];
  expect(records).toHaveLength(20);
  expect(Math.max(...records.map((record) => record.split("\n").length))).toBeLessThanOrEqual(15);
});

test("each of the twenty is a release in its team's namespace, with pods that the team's policies open", () => {
  expect(synthesized.census).toEqual({
    helm_release: 20,
    kubernetes_default_service_account_v1: 4,
    kubernetes_limit_range_v1: 4,
    kubernetes_namespace_v1: 4,
    kubernetes_network_policy_v1: 32, // two that close each namespace, six in each that open
    kubernetes_resource_quota_v1: 4,
  });
  const releases = Object.values(synthesized.resources("helm_release"));
  expect(new Set(releases.map(({ name }) => name)).size).toBe(20);
  expect(releases.every(({ atomic, wait, max_history }) => atomic && wait && max_history === 5)).toBe(true);
});

test("a new image is one changed line in one release", () => {
  const release = Object.values(synthesized.resources("helm_release")).find(({ name }) => name === "consent") ?? {};
  const [values = ""] = release.values as string[];
  expect(values.split("\n").filter((line) => line.includes('"tag"'))).toEqual(['  "tag": "2.0.1",']);
});

const kubeconfig = { path: "~/.kube/config", context: "minikube" };

test("on a cluster by kubeconfig the same objects are made, and there is nothing of AWS", () => {
  const other = synthesize(applicationsStack(testApp(), APPLICATIONS, { kubeconfig, network: EKS_NETWORK }));
  const { provider, data } = other.json as { readonly provider: object; readonly data?: object };
  expect(provider).toEqual({
    helm: [{ kubernetes: { config_path: "~/.kube/config", config_context: "minikube" } }],
    kubernetes: [{ config_path: "~/.kube/config", config_context: "minikube" }],
  });
  expect(data).toBeUndefined();
  expect(other.addresses).toEqual(synthesized.addresses);
});

describe("the same written by hand", () => {
  const folder = mkdtempSync(join(tmpdir(), "by-hand-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const chart = "examples/twenty-applications/chart";

  test("a release is a block and a file of values", () => {
    const lines = writeByHand({ folder, kubeconfig, applications: APPLICATIONS.slice(0, 1), chart });
    const main = readFileSync(join(folder, "main.tf"), "utf8");
    expect(main.slice(main.indexOf('resource "kubernetes_namespace_v1"'))).toBe(
      [
        'resource "kubernetes_namespace_v1" "oncology" {',
        "  metadata {",
        '    name = "oncology"',
        "    labels = {",
        '      managed-by = "terraform"',
        "    }",
        "  }",
        "}",
        "",
        'resource "helm_release" "variant_calling" {',
        '  name = "variant-calling"',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: a reference of Terraform's language
        '  chart = "${path.module}/chart"',
        "  namespace = kubernetes_namespace_v1.oncology.metadata[0].name",
        // biome-ignore lint/suspicious/noTemplateCurlyInString: a reference of Terraform's language
        '  values = [file("${path.module}/values/variant-calling.yaml")]',
        "  create_namespace = false",
        "  wait = true",
        "  timeout = 600",
        "  depends_on = [kubernetes_namespace_v1.oncology]",
        "}",
        "",
      ].join("\n"),
    );
    expect(readFileSync(join(folder, "values", "variant-calling.yaml"), "utf8")).toBe(
      [
        "image: 111122223333.dkr.ecr.eu-west-3.amazonaws.com/variant-calling",
        "tag: 2.1.0",
        "replicas: 1",
        "env:",
        "  LOG_LEVEL: info",
        "  PUBLIC_URL: https://variant-calling.example.com",
        "existingSecret: variant-calling-database",
        "team: oncology",
        "",
      ].join("\n"),
    );
    expect(lines).toBe(48);
  });

  test("all other objects of the stack are blocks too, under names of their own", () => {
    const app = new App({ outdir: join(folder, "cdktf.out") });
    applicationsStack(app);
    app.synth();
    const heads = objectsByHand(join(app.outdir, "stacks", "applications")).filter((line) =>
      line.startsWith("resource"),
    );
    expect(new Set(heads).size).toBe(48);
    expect(heads.filter((head) => head.includes('"kubernetes_network_policy_v1"'))).toHaveLength(32);
    expect(heads).toContain('resource "kubernetes_resource_quota_v1" "trials_office_quota" {');
    expect(heads).toContain('resource "kubernetes_default_service_account_v1" "trials_office_default" {');
  });

  test("maps are attributes, all else with members is a block", () => {
    const selector = { match_labels: { "app.kubernetes.io/name": "consent" } };
    expect(
      block("spec", { policy_types: ["Egress"], egress: [{ to: [{ pod_selector: {} }] }], pod_selector: selector }),
    ).toEqual([
      "spec {",
      '  policy_types = ["Egress"]',
      "  egress {",
      "    to {",
      "      pod_selector {}",
      "    }",
      "  }",
      "  pod_selector {",
      "    match_labels = {",
      '      "app.kubernetes.io/name" = "consent"',
      "    }",
      "  }",
      "}",
    ]);
  });
});
