import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Engines } from "../engines/engines";
import { type Environment, makeRunFolder } from "../engines/folders";
import { isAlive, startProcess, stopProcesses } from "../engines/processes";
import { emulatorPython } from "../engines/python";
import { sessionOf } from "../engines/session";
import { answers, freePorts, waitFor } from "../engines/waiting";
import { settings } from "../settings";

/** A MiniStack beside the engines' own which refuses what IAM policies do not allow. It keeps accounts apart; EC2 stays the engines'. */
export interface EvaluatedIam {
  /** As the root of an account, who may do everything in it. */
  rootOf(accountId: string): Environment;
  /** As a session of a role. */
  sessionOf(roleArn: string, caller: Environment): Promise<Environment>;
  stop(): Promise<void>;
}

export async function startEvaluatedIam({ env }: Engines): Promise<EvaluatedIam> {
  const folder = join(makeRunFolder(), "evaluated-iam");
  mkdirSync(folder, { recursive: true });
  // One that a run left which was killed.
  await stopProcesses(folder);
  const python = await emulatorPython(() => {});
  const [port = 0] = await freePorts(1);
  const gateway = `http://127.0.0.1:${port}`;
  const ministack = await startProcess({
    name: "aws-emulator-iam",
    folder,
    command: python,
    args: [join(__dirname, "..", "engines", "aws_emulator.py")],
    env: {
      ...env,
      AUTH: "true",
      CLUSTER_BACKEND: "none",
      GATEWAY_PORT: String(port),
      MINISTACK_ACCOUNT_ID: settings.accountId,
      MINISTACK_HOST: "127.0.0.1",
      MINISTACK_REGION: settings.region,
      PYTHONDONTWRITEBYTECODE: "1",
      TMPDIR: folder,
    },
  });
  await waitFor(() => answers(`${gateway}/_ministack/health`), {
    seconds: 60,
    what: "AWS emulator that evaluates IAM",
    log: ministack.log,
    alive: () => isAlive(ministack),
  });
  const own = { ...env, AWS_ENDPOINT_URL: gateway };
  return {
    rootOf: (accountId) => ({ ...own, AWS_ACCESS_KEY_ID: accountId, AWS_SESSION_TOKEN: undefined }),
    sessionOf: (roleArn, caller) => sessionOf({ ...own, ...caller }, roleArn),
    stop: async () => {
      await stopProcesses(folder);
    },
  };
}
