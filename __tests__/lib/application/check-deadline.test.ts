import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { MIGRATION_DEADLINE_SECONDS } from "../../../lib/application/check-deadline";
import { type KnownAtApply, knownAtApply } from "../../../lib/helm/known-at-apply";
import { anApplication, database, type Given, synthesizedApplication, testRefusals } from "../../support/application";
import { testStack } from "../../support/synth";
import { aNumberToken } from "../../support/tokens";

const deadline = (activeDeadlineSeconds: number | KnownAtApply) => ({
  values: { migrations: { activeDeadlineSeconds } },
});
const WHY = "after it Helm gives up while the migration goes on, and the next deploy deletes it halfway";
const FIX = "raise it, or lower the other";

testRefusals([
  [
    "a migration that may take longer than the release waits",
    { database, ...deadline(900) },
    `'timeoutSeconds' must be above 'values.migrations.activeDeadlineSeconds', 900: ${WHY}, got 600 at test/Application; ${FIX}`,
  ],
  [
    "a release that waits no longer than its migration may take",
    { database, ...deadline(900), timeoutSeconds: 900 },
    `'timeoutSeconds' must be above 'values.migrations.activeDeadlineSeconds', 900: ${WHY}, got 900 at test/Application; ${FIX}`,
  ],
  [
    "a release that waits less than a migration may take by default",
    { database, timeoutSeconds: 120 },
    `'timeoutSeconds' must be above 'values.migrations.activeDeadlineSeconds', 300: ${WHY}, got 120 at test/Application; ${FIX}`,
  ],
  [
    "a migration that may by its example take longer than the release waits",
    { database, ...deadline(knownAtApply(aNumberToken(), 900)) },
    `'timeoutSeconds' must be above 'values.migrations.activeDeadlineSeconds', 900: ${WHY}, got 600 at test/Application; ${FIX}`,
  ],
]);

test.each<[string, Given]>([
  ["a release that waits longer than its migration may take", { database, ...deadline(900), timeoutSeconds: 960 }],
  ["a timeout that is known only at apply", { database, timeoutSeconds: aNumberToken() }],
  ["a short timeout without a database", { timeoutSeconds: 120 }],
  ["a short timeout without migrations", { database, timeoutSeconds: 120, values: { migrations: { enabled: false } } }],
])("takes %s", (_, given) => {
  expect(() => anApplication(testStack(), given)).not.toThrow();
});

test("without numbers it compares what the chart and the release have", () => {
  const { migrations } = parse(readFileSync("charts/syndromic-surveillance-api/values.yaml", "utf8"));
  expect(migrations.activeDeadlineSeconds).toBe(MIGRATION_DEADLINE_SECONDS);
  expect(synthesizedApplication({ database }).only("helm_release").timeout).toBe(600);
});
