export type Status = "ok" | "warn" | "fail" | "skip";

/** What a check found. `detail` goes on where the check's name ends: "Terraform" "1.11.4", "state lock" "is free". */
export interface Finding {
  readonly status: Status;
  readonly detail: string;
  /** What the user does about it. */
  readonly fix?: string;
}

export interface CheckResult extends Finding {
  readonly name: string;
}

/** One question about the machine, the account or the cluster. It changes nothing, and ends within a bounded time. */
export interface Check {
  readonly name: string;
  /** Names of checks, earlier in the list, without which this one has no answer. */
  readonly needs?: readonly string[];
  readonly run: () => Finding | Promise<Finding>;
}

export const ok = (detail: string): Finding => ({ status: "ok", detail });
export const skip = (detail: string): Finding => ({ status: "skip", detail });
export const warn = (detail: string, fix?: string): Finding => ({ status: "warn", detail, fix });
export const fail = (detail: string, fix?: string): Finding => ({ status: "fail", detail, fix });

/** Starts every check, each as soon as what it needs is answered, and answers the results in the order of the list. */
export function runChecks(checks: readonly Check[]): Promise<CheckResult>[] {
  const running = new Map<string, Promise<CheckResult>>();
  for (const check of checks) {
    const needs = (check.needs ?? []).flatMap((name) => running.get(name) ?? []);
    running.set(check.name, runAfter(check, needs));
  }
  return [...running.values()];
}

async function runAfter({ name, run }: Check, needs: readonly Promise<CheckResult>[]): Promise<CheckResult> {
  const missing = (await Promise.all(needs)).find(({ status }) => status === "fail" || status === "skip");
  if (missing) return { name, ...skip(`was not asked for: needs ${missing.name}`) };
  try {
    return { name, ...(await run()) };
  } catch (error) {
    return { name, ...fail(`could not be asked for: ${error instanceof Error ? error.message : String(error)}`) };
  }
}
