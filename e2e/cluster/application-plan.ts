import type { HelmValues } from "../../lib/helm/values";
import type { Environment } from "./environment";
import { type HelmPlan, planOf } from "./helm";

/** An application of the project, with a migration before it and a test. */
const APPLICATION = "syndromic-surveillance-api";

/** What the node does with the pod of a migration: see `ending-pods.yaml` of the control plane. */
export interface Migration {
  readonly exitCode: number;
  /** @default - none */
  readonly seconds?: number;
}

/** The application's release, with chart, values and flags of the stack. */
export function applicationPlan({ name, releases, stack }: Environment): HelmPlan {
  const release = releases.find(({ releaseName }) => releaseName === APPLICATION);
  if (!release) throw new Error(`${name} has no release ${APPLICATION}`);
  return planOf(stack, release);
}

/** The values of the stack with another tag, and a migration that ends as it is told. */
export function valuesWith({ values }: HelmPlan, tag: string, { exitCode, seconds }: Migration): string {
  const given = JSON.parse(values) as HelmValues & { readonly image: HelmValues; readonly migrations?: HelmValues };
  const ends = {
    "cluster-run/exit-code": String(exitCode),
    ...(seconds === undefined ? {} : { "cluster-run/delay": `${seconds}s` }),
  };
  return JSON.stringify({
    ...given,
    image: { ...given.image, tag },
    migrations: { ...given.migrations, podAnnotations: ends },
  });
}
