import type { Engines } from "../engines/engines";
import { succeeded, type Terraform } from "../engines/terraform";
import { expect } from "../expect";
import { expectNoChanges, terraformOf } from "../stack";

/** Calls to the emulators answer at once, and keys take ten seconds: when nothing was said for so long, all that is under way is waited for. */
const QUIET_MILLISECONDS = 2000;

/**
 * Calls back when everything that an apply has under way is waited for. A signal at the very moment of a call would end the call, and what it
 * makes is then in no state (docs/deploying.md): that is no matter of luck here.
 */
function whenWaiting(then: () => void): { onLine: (line: string) => void; stop: () => void } {
  const underWay = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  return {
    onLine: (line) => {
      const [, address = "", what = ""] = /^(\S+): (Creating\.\.\.|Creation complete)/.exec(line) ?? [];
      if (what === "Creating...") underWay.add(address);
      if (what === "Creation complete") underWay.delete(address);
      clearTimeout(timer);
      if (underWay.size > 0) timer = setTimeout(then, QUIET_MILLISECONDS);
    },
    stop: () => clearTimeout(timer),
  };
}

/**
 * An apply that is interrupted while it waits for AWS ends by itself and saves what it has. The same command then finishes the work;
 * that nothing is there twice is shown by the destroy that follows, which leaves nothing.
 */
export async function interruptedApplyConverges(engines: Engines, signal: "SIGINT" | "SIGTERM"): Promise<string> {
  let sent = false;
  let terraform: Terraform;
  const { onLine, stop } = whenWaiting(() => {
    if (!sent) sent = terraform.signal(signal);
  });
  terraform = terraformOf(engines, "staging", { onLine });
  const interrupted = await terraform.apply();
  stop();
  expect(sent && interrupted.exitCode !== 0, `an apply that ${signal} ended`, `exit code ${interrupted.exitCode}`);
  const saved = await terraform.stateList();
  expect(saved.length > 0, "a state with what was made so far", saved);

  const again = succeeded(await terraformOf(engines, "staging").apply());
  await expectNoChanges(terraformOf(engines, "staging"));
  return `${saved.length} resources saved, the rest on rerun in ${again.seconds.toFixed(0)} s, then no changes`;
}
