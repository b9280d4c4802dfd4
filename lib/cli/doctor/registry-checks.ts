import { parseRegistryHost } from "../../registry/registry-address";
import { deployNeeds } from "./account-checks";
import { type Check, type Finding, fail, ok } from "./check";
import type { Identities } from "./identities";
import type { Stack } from "./stack";

/** Whether there is a token for the registries that charts are pulled from. What they hold is not asked. */
export function registryChecks(stack: Stack, { deploy }: Identities): Check[] {
  return stack.registries.map((host) => ({
    name: `registry ${host}`,
    needs: deployNeeds(stack),
    run: () => checkToken(host, deploy),
  }));
}

async function checkToken(host: string, deploy: Identities["deploy"]): Promise<Finding> {
  const who = await deploy();
  if (who.problem) return fail(`cannot be asked for a token: ${who.problem.says}`, who.problem.fix);
  const region = parseRegistryHost(host)?.region ?? "";
  const { answer, problem } = await who.answer.in(region).text("ecr", "get-login-password");
  if (problem) return fail(`gives no token: ${problem.says}`, problem.fix);
  return answer.trim() === "" ? fail("gives no token: the AWS CLI answered nothing") : ok("gives a token");
}
