import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { insteadOf, mayDeploy } from "../../../lib/platform/granted-kinds";

/** Every type of the Kubernetes provider, by the folders of its binding. */
function types(): string[] {
  const folder = join(dirname(require.resolve("@cdktf/provider-kubernetes/package.json")), "lib");
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !/^(data-|provider$)/.test(entry.name))
    .map(({ name }) => `kubernetes_${name.replaceAll("-", "_")}`)
    .sort();
}

test("a team's pipeline writes workloads and what belongs to them, and nothing that keeps teams apart", () => {
  const written = types().filter(mayDeploy);
  expect(written.map((type) => type.replace(/^kubernetes_/, ""))).toEqual([
    "config_map",
    "config_map_v1",
    "config_map_v1_data",
    "cron_job",
    "cron_job_v1",
    "daemon_set_v1",
    "daemonset",
    "default_service_account",
    "default_service_account_v1",
    "deployment",
    "deployment_v1",
    "horizontal_pod_autoscaler",
    "horizontal_pod_autoscaler_v1",
    "horizontal_pod_autoscaler_v2",
    "horizontal_pod_autoscaler_v2beta2",
    "ingress",
    "ingress_v1",
    "job",
    "job_v1",
    "persistent_volume_claim",
    "persistent_volume_claim_v1",
    "pod",
    "pod_disruption_budget",
    "pod_disruption_budget_v1",
    "pod_v1",
    "secret",
    "secret_v1",
    "secret_v1_data",
    "service",
    "service_account",
    "service_account_v1",
    "service_v1",
    "stateful_set",
    "stateful_set_v1",
  ]);
});

test("of what writes objects of any kind there is something to use instead", () => {
  expect(types().filter((type) => insteadOf(type) !== undefined)).toEqual([
    "kubernetes_annotations",
    "kubernetes_env",
    "kubernetes_labels",
    "kubernetes_manifest",
  ]);
  expect(mayDeploy("kubernetes_constructor")).toBe(false);
});
