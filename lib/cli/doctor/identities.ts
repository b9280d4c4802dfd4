import { parseRegistryHost } from "../../registry/registry-address";
import type { AskTool } from "./ask-tool";
import { Aws, type AwsAnswer } from "./aws";
import type { AssumedRole, Stack } from "./stack";

/** Who asks AWS, the same as when Terraform does. */
export interface Identities {
  /** Whoever runs the command. */
  readonly caller: Aws;
  /** As the stack's provider: with its role, if it names one. */
  readonly deploy: () => Promise<AwsAnswer<Aws>>;
  /** As the stack's backend. */
  readonly state: () => Promise<AwsAnswer<Aws>>;
}

export function identitiesOf(stack: Stack, ask: AskTool, env: NodeJS.ProcessEnv): Identities {
  const inRegion = (region: string) => new Aws({ ask, region, profile: env.AWS_PROFILE });
  const { target, backend, registries } = stack;
  const [registry] = registries.flatMap((host) => parseRegistryHost(host) ?? []);
  const caller = inRegion(target?.region ?? backend?.region ?? registry?.region ?? "");
  return {
    caller,
    deploy: once(() => as(caller, target?.role)),
    state: once(() => as(inRegion(backend?.region ?? ""), backend?.role)),
  };
}

async function as(aws: Aws, role: AssumedRole | undefined): Promise<AwsAnswer<Aws>> {
  return role ? aws.assume(role) : { answer: aws };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
