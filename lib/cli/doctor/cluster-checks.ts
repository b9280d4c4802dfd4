import { deployNeeds } from "./account-checks";
import type { AskTool } from "./ask-tool";
import type { AwsAnswer } from "./aws";
import { type Check, type Finding, fail, ok, skip, warn } from "./check";
import { checkLogin, type DescribedCluster } from "./cluster-login";
import type { Identities } from "./identities";
import type { Stack, StackCluster } from "./stack";

const CLUSTER = "cluster";

/** Whether the cluster is there, is what the stack says, and lets a deploy in. */
export function clusterChecks(stack: Stack, { deploy }: Identities, ask: AskTool): Check[] {
  const { cluster, loginArguments } = stack;
  if (!cluster) return [];
  const describe = async (): Promise<AwsAnswer<DescribedCluster>> => {
    const who = await deploy();
    if (who.problem) return who;
    const args = ["eks", "describe-cluster", "--name", cluster.name];
    const { answer, problem } = await who.answer.json<{ readonly cluster: DescribedCluster }>(...args);
    return problem ? { problem } : { answer: answer.cluster };
  };
  const login: Check = {
    name: "login to the cluster",
    needs: [CLUSTER, "curl", "base64"],
    run: async () => {
      const { answer } = await describe();
      return answer?.endpoint && loginArguments
        ? checkLogin(ask, answer, loginArguments)
        : skip(`was not asked for: ${cluster.name} has no endpoint yet`);
    },
  };
  return [
    { name: CLUSTER, needs: deployNeeds(stack), run: async () => checkCluster(await describe(), stack, cluster) },
    ...(loginArguments ? [login] : []),
  ];
}

function checkCluster({ answer, problem }: AwsAnswer<DescribedCluster>, stack: Stack, cluster: StackCluster): Finding {
  const { name, version } = cluster;
  if (problem?.kind === "absent") return absent(stack, cluster);
  if (problem) return fail(`${name} cannot be looked at: ${problem.says}`, problem.fix);
  const { status, version: present } = answer;
  if (status === "FAILED" || status === "DELETING") return fail(`${name} is ${status}`, "see why in the EKS console");
  if (status !== "ACTIVE") return warn(`${name} is ${status}`, "wait until it is ACTIVE");
  const shown = `${name} is ACTIVE, Kubernetes ${present}`;
  const steps = version === undefined ? 0 : minorOf(version) - minorOf(present);
  if (steps === 0) return ok(shown);
  if (steps === 1) return warn(`${shown}: the deploy upgrades it to ${version}, and there is no way back`);
  if (steps < 0) return fail(`${shown}, and the stack says ${version}: EKS does not downgrade`, `write ${present}`);
  return fail(`${shown}, and the stack says ${version}: EKS takes one minor version at a time`, "write the next one");
}

function absent({ loginArguments }: Stack, { name, version, publicEndpoint }: StackCluster): Finding {
  if (version === undefined) return fail(`${name} is not there, and the stack does not make it`, "deploy it first");
  const hidden = loginArguments && publicEndpoint === false;
  const first = 'its endpoint will be private: see "The first deploy to a private endpoint" in docs/cluster.md';
  return skip(`${name} is not deployed yet${hidden ? `; ${first}` : ""}`);
}

/** `1.35` is 35. */
function minorOf(version: string): number {
  return Number(version.split(".")[1]);
}
