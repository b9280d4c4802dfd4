import { join } from "node:path";
import { App, TerraformStack } from "cdktf";
import { invokeAspects } from "cdktf/lib/synthesize/synthesizer";
import { addPart, parts } from "./parts";

type Build = (stack: TerraformStack) => void;

/** CPU time of a stack, without files: both copy the same charts, and that time is the disk's. Unit: ms. */
export interface Round {
  readonly construct: number;
  readonly synth: number;
}

export interface Beside {
  readonly part: string;
  /** How many of the part are in a stack. */
  readonly count: number;
  readonly rounds: readonly Pair[];
}

export interface Pair {
  readonly library: Round;
  readonly bare: Round;
}

/** Until most of it is compiled. */
const WARM_UP = 8;

/** Builds and synthesises parts and their bare resources in turn, and prints what each round took. */
const [bareFolder = "", rounds] = process.argv.slice(2);
const sides = parts.map((part) => {
  const { build: bare } = require(join(bareFolder, `${part.name}.js`)) as { readonly build: Build };
  const library: Build = (stack) => addPart(stack, part);
  return { part, bare, library, taken: [] as Pair[] };
});

// For the comparison of what both write.
const app = new App();
for (const { part, bare } of sides) bare(new TerraformStack(app, part.name));
app.synth();

for (let round = 1; round <= WARM_UP + Number(rounds); round++) {
  for (const { bare, library, taken } of sides) {
    // Each goes first as often as the other.
    const first = round % 2 === 0 ? measure(bare) : undefined;
    const ours = measure(library);
    taken.push({ library: ours, bare: first ?? measure(bare) });
  }
}
const all: Beside[] = sides.map(({ part, taken }) => ({
  part: part.name,
  count: part.count,
  rounds: taken.slice(WARM_UP),
}));
console.log(JSON.stringify(all));

function measure(build: Build): Round {
  const stack = new TerraformStack(new App(), "measured");
  const begun = process.cpuUsage();
  build(stack);
  const construct = milliseconds(process.cpuUsage(begun));
  const built = process.cpuUsage();
  stack.prepareStack();
  invokeAspects(stack);
  stack.runAllValidations();
  JSON.stringify(stack.toTerraform());
  return { construct, synth: milliseconds(process.cpuUsage(built)) };
}

function milliseconds({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1000;
}
