import type { Engines } from "../engines/engines";
import { succeeded, type Terraform } from "../engines/terraform";
import { expect } from "../expect";
import { expectNoChanges, terraformOf } from "../stack";

/**
 * Says of each line of an apply whether everything under way is waited for. A signal at the very moment of a call would end the call, and
 * what it makes is then in no state (docs/deploying.md): that is no matter of luck here.
 */
function onlyWaiting(): (line: string) => boolean {
  const underWay = new Set<string>();
  const waited = new Set<string>();
  return (line) => {
    const [, address = "", what = ""] =
      /^(\S+): (Creating\.\.\.|Still creating\.\.\.|Creation complete)/.exec(line) ?? [];
    if (what === "Creating...") underWay.add(address);
    if (what === "Still creating...") waited.add(address);
    if (what === "Creation complete") underWay.delete(address);
    return what === "Still creating..." && [...underWay].every((each) => waited.has(each));
  };
}

/**
 * An apply that is interrupted while it waits for AWS ends by itself and saves what it has. The same command then finishes the work;
 * that nothing is there twice is shown by the destroy that follows, which leaves nothing.
 */
export async function interruptedApplyConverges(engines: Engines, signal: "SIGINT" | "SIGTERM"): Promise<string> {
  let sent = false;
  let terraform: Terraform;
  const waits = onlyWaiting();
  const onLine = (line: string) => {
    if (waits(line) && !sent) sent = terraform.signal(signal);
  };
  terraform = terraformOf(engines, "staging", { onLine });
  const interrupted = await terraform.apply();
  expect(sent && interrupted.exitCode !== 0, `an apply that ${signal} ended`, `exit code ${interrupted.exitCode}`);
  const saved = await terraform.stateList();
  expect(saved.length > 0, "a state with what was made so far", saved);

  const again = succeeded(await terraformOf(engines, "staging").apply());
  await expectNoChanges(terraformOf(engines, "staging"));
  return `${saved.length} resources saved, the rest on rerun in ${again.seconds.toFixed(0)} s, then no changes`;
}
