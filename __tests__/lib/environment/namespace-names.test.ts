import { allNamespaces, namespaceOf } from "../../../lib/environment/namespace-names";
import { minimal as application } from "../../support/application";

const config = {
  namespaces: [{ namespaceName: "health", labels: { team: "platform" }, allow: [{ to: "internet" as const }] }],
  applications: [
    { ...application, host: "surveillance.example.com", quota: { pods: 80 } },
    { ...application, applicationName: "reports", namespaceName: "reporting" },
    { ...application, applicationName: "exports", namespace: "health", host: "exports.example.com" },
  ],
  releases: [],
};

test("the namespaces are those of the records, and those that applications have for themselves", () => {
  expect(allNamespaces(config, true)).toEqual([
    { namespaceName: "health", labels: { team: "platform" } },
    {
      namespaceName: "surveillance",
      labels: { team: "epidemiology", "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled" },
      quota: { pods: 80 },
    },
    { namespaceName: "reporting", labels: { team: "epidemiology" } },
  ]);
  expect(config.applications.map(namespaceOf)).toEqual(["surveillance", "reporting", "health"]);
});

test("outside EKS no namespace has the label for readiness gates", () => {
  expect(allNamespaces(config, false).map(({ labels }) => labels)).toEqual([
    { team: "platform" },
    { team: "epidemiology" },
    { team: "epidemiology" },
  ]);
});
