import { readFileSync } from "node:fs";
import { join } from "node:path";
import { App } from "cdktf";
import { APPLICATIONS } from "../../../examples/twenty-applications/applications";
import { applicationsStack, EKS_NETWORK } from "../../../examples/twenty-applications/stack";
import { copyProviderLocks } from "../../../lib/core/provider-locks";
import type { Kubeconfig } from "../../../lib/kubernetes/kubeconfig";
import { PROJECT } from "../../programs";
import { sourceLines, writeByHand } from "./main-tf";
import { objectsByHand } from "./same-objects";

const EXAMPLE = join(PROJECT, "examples", "twenty-applications");

/** One way to write the twenty applications. */
export interface Side {
  readonly name: string;
  /** What a person writes, in lines that are not empty. */
  readonly lines: number;
  readonly folder: string;
  readonly stateFile: string;
  /** File with the image of `consent`, and how its tag stands there. */
  readonly image: { readonly file: string; readonly tag: (version: string) => string };
}

/** Writes all three into folders that Terraform can be started in: by hand, the same objects by hand, by the library. */
export function writeSides(folder: string, kubeconfig: Kubeconfig): Side[] {
  const chart = join(EXAMPLE, "chart");
  // All three are there at once, so each has namespaces of its own, with names of one length.
  const applications = (mark: string) => APPLICATIONS.map((each) => ({ ...each, team: `${each.team}-${mark}` }));
  const byHand = (name: string, mark: string, objects?: readonly string[]): Side => {
    const own = join(folder, mark);
    return {
      name,
      lines: writeByHand({ folder: own, kubeconfig, applications: applications(mark), chart, objects }),
      folder: own,
      stateFile: join(own, "terraform.tfstate"),
      image: { file: join(own, "values", "consent.yaml"), tag: (version) => `tag: ${version}` },
    };
  };
  const synthesised = (mark: string) => {
    const app = new App({ outdir: join(folder, `${mark}-synthesised`) });
    applicationsStack(app, applications(mark), { kubeconfig, network: EKS_NETWORK });
    app.synth();
    copyProviderLocks(app);
    return join(app.outdir, "stacks", "applications");
  };
  const stack = synthesised("c");
  return [
    byHand("by hand", "a"),
    byHand("the same objects by hand", "b", objectsByHand(synthesised("b"))),
    {
      name: "by the library",
      lines: ["applications.ts", "stack.ts", "main.ts"]
        .map((file) => sourceLines(readFileSync(join(EXAMPLE, file), "utf8")))
        .reduce((sum, lines) => sum + lines),
      folder: stack,
      stateFile: join(stack, "applications.tfstate"),
      image: { file: join(stack, "cdk.tf.json"), tag: (version) => `\\"tag\\": \\"${version}\\"` },
    },
  ];
}
