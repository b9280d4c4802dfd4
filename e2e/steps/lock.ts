import { spawn } from "node:child_process";
import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Engines } from "../engines/engines";
import { emulatorsFolder } from "../engines/folders";
import { expect } from "../expect";
import { stackFolder } from "../programs";
import { pullState, terraformOf } from "../stack";

/** While one run waits for its approval, another is refused, told who holds the lock, and changes nothing. */
export async function secondDeployIsRefused(engines: Engines): Promise<string> {
  const before = await pullState(terraformOf(engines, "staging"));
  const holder = holdLock(engines);
  try {
    await holder.asked;
    const folder = join(emulatorsFolder, "variants", "second");
    rmSync(folder, { recursive: true, force: true });
    cpSync(stackFolder("staging"), folder, { recursive: true });
    const second = await terraformOf(engines, "staging", { folder }).apply(["-lock-timeout=1s"]);
    const said = second.tail.join("\n");
    expect(second.exitCode === 1 && /Error acquiring the state lock/.test(said), "a refusal", said);
    const who = /Who:\s+(\S+@\S+)/.exec(said)?.[1];
    expect(who !== undefined, "the name of the holder", said);
    const after = await pullState(terraformOf(engines, "staging"));
    expect(after === before, "an unchanged state", "another state");
    return `refused, held by ${who?.replace(/@.*/, "@<host>")}; the state is as before`;
  } finally {
    await holder.release();
  }
}

/** `terraform destroy` without an answer: it holds the lock until it hears "no". */
function holdLock(engines: Engines): { asked: Promise<void>; release(): Promise<void> } {
  const child = spawn(engines.terraform.command, ["destroy", "-no-color"], {
    cwd: stackFolder("staging"),
    env: { ...process.env, ...engines.env, CHECKPOINT_DISABLE: "1" },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const ended = new Promise<void>((done) => child.once("close", () => done()));
  const asked = new Promise<void>((done, failed) => {
    let said = "";
    child.stdout.on("data", (text: Buffer) => {
      said += text.toString();
      if (said.includes("Do you really want to destroy all resources?")) done();
    });
    child.once("close", () => failed(new Error(`the first run ended by itself:\n${said.slice(-2000)}`)));
  });
  return {
    asked,
    release() {
      child.stdin.end("no\n");
      return ended;
    },
  };
}
