import { knownAtApply } from "../../../lib/helm/known-at-apply";
import { anApplication, type Given, testRefusals } from "../../support/application";
import { testStack } from "../../support/synth";
import { aNumberToken } from "../../support/tokens";

const SEE = "at test/Application; see the chart's values";

testRefusals([
  [
    "all values outside the chart's schema at once, and repeats no text",
    {
      values: [
        { migrations: { backoffLimit: 50, command: [] }, database: { sslMode: "hunter2" }, tmpSizeLimit: "hunter2" },
        {
          podLabels: { team: "x" },
          imagePullSecrets: [{}, { name: "a", key: 1 }],
          startupProbe: { periodSeconds: 1.5 },
        },
        { ingress: { annotations: { "alb.ingress.kubernetes.io/scheme": "internal" } }, resources: { requests: null } },
      ],
    },
    `'values.imagePullSecrets[0].name' must be given ${SEE}
'values.imagePullSecrets[1].key' is not a key of the chart ${SEE}
'values.database.sslMode' must be one of "disable", "allow", "prefer", "require", "verify-ca", "verify-full" ${SEE}
'values.migrations.command' must NOT have fewer than 1 items ${SEE}
'values.migrations.backoffLimit' must be <= 10, got 50 ${SEE}
'values.startupProbe.periodSeconds' must be integer, got 1.5 ${SEE}
'values.resources.requests' must be given ${SEE}
'values.tmpSizeLimit' must match pattern "^[0-9]+(\\.[0-9]+)?(m|k|Ki|M|Mi|G|Gi|T|Ti)?$" ${SEE}
'values.ingress.annotations.alb.ingress.kubernetes.io/scheme' is a key that the chart does not take here ${SEE}
'values.podLabels.team' is a key that the chart does not take here ${SEE}`,
  ],
  [
    "what is known only at apply by its example",
    { values: { migrations: { backoffLimit: knownAtApply(aNumberToken(), 50) } } },
    `'values.migrations.backoffLimit' must be <= 10, got 50 ${SEE}`,
  ],
  [
    "what the keys of the chart tell once, beside what its schema tells",
    { values: { migration: {}, tests: { enabled: "yes" }, topologySpread: { maxSkew: 0 } } },
    `'values.migration' is not a key of the chart at test/Application; did you mean "migrations"?
'values.tests.enabled' must be true or false, not text at test/Application
'values.topologySpread.maxSkew' must be >= 1, got 0 ${SEE}`,
  ],
]);

test.each<[string, Given["values"]]>([
  ["nothing but a default taken away", { resources: { limits: { cpu: null } } }],
  [
    "annotations that are the chart's user's own",
    { ingress: { annotations: { "alb.ingress.kubernetes.io/group.name": "health" } } },
  ],
  ["a share of pods", { podDisruptionBudget: { maxUnavailable: "50%" } }],
])("takes %s", (_, values) => {
  expect(() => anApplication(testStack(), { values })).not.toThrow();
});
