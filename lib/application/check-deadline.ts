import { Token } from "cdktf";
import type { Faults } from "../core/faults";
import { isKnownAtApply } from "../helm/known-at-apply";
import { isPlainObject } from "../helm/values";
import type { ApplicationOptions } from "./application-props";

/** The chart's `migrations.activeDeadlineSeconds`. */
export const MIGRATION_DEADLINE_SECONDS = 300;
/** The release's `timeoutSeconds`. */
const RELEASE_TIMEOUT_SECONDS = 600;

/** Adds a fault if a migration may take longer than its release waits. `values` are those given, merged. */
export function checkDeadline(
  faults: Faults,
  { database, timeoutSeconds = RELEASE_TIMEOUT_SECONDS }: ApplicationOptions,
  values: Readonly<Record<string, unknown>>,
  property: (name: string) => string,
): void {
  const migrations = isPlainObject(values.migrations) ? values.migrations : {};
  const { enabled, activeDeadlineSeconds: given = MIGRATION_DEADLINE_SECONDS } = migrations;
  if (database === undefined || enabled === false || Token.isUnresolved(timeoutSeconds)) return;
  const deadline = isKnownAtApply(given) ? given.example : given;
  if (typeof deadline !== "number" || deadline < timeoutSeconds) return;
  const rule = `must be above 'values.migrations.activeDeadlineSeconds', ${deadline}: after it Helm gives up while the migration goes on, and the next deploy deletes it halfway`;
  faults.add(property("timeoutSeconds"), rule, timeoutSeconds, "raise it, or lower the other");
}
