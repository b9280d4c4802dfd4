import { readFileSync } from "node:fs";
import { applicationsStack } from "../../examples/twenty-applications/stack";
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
