import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Engines } from "../../engines/engines";
import { makeRunFolder } from "../../engines/folders";
import { succeeded, type Terraform } from "../../engines/terraform";
import { expect, expectSame } from "../../expect";
import { terraformOf } from "../../stack";
import { type Side, writeSides } from "./sides";
import { specifications, stateSize } from "./state-size";

/** Plans of each side; they take turns, so that a busy machine is busy for all. */
const ROUNDS = 5;

/**
 * The twenty applications written by hand, by hand with all that the library makes beside them, and by the library, all with the same
 * login by kubeconfig. Times are shown and never judged: what is expected is how many resources there are, that nothing is left to do, and
 * that a new image is one change.
 */
export async function sideBySide(engines: Engines, kubeconfigFile: string): Promise<string> {
  const folder = join(makeRunFolder(), "side-by-side");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  const { "current-context": context } = JSON.parse(readFileSync(kubeconfigFile, "utf8")) as Record<string, string>;
  const sides = writeSides(folder, { path: kubeconfigFile, context: context ?? "" }).map((side) => ({
    ...side,
    terraform: terraformOf(engines, `applications-${side.name.replaceAll(" ", "-")}`, { folder: side.folder }),
    planned: [] as number[],
  }));
  const applied: number[] = [];
  for (const { terraform } of sides) {
    succeeded(await terraform.init());
    applied.push(succeeded(await terraform.apply()).seconds);
  }
  for (let round = 0; round < ROUNDS; round++)
    for (const { name, terraform, folder, planned } of sides) {
      const plan = succeeded(await terraform.plan({ out: join(folder, "tfplan") }));
      expect(plan.exitCode === 0, `no changes of what is written ${name}`, plan.changes);
      planned.push(plan.seconds);
    }
  const states = sides.map(({ stateFile }) => readFileSync(stateFile, "utf8"));
  const [, same = "", library = ""] = states.map(specifications);
  expectSame(library, same, "the objects of the library");
  const counts = await Promise.all(sides.map(async ({ terraform }) => (await terraform.stateList()).length));
  expectSame(counts, [24, 68, 68], "the resources");
  for (const side of sides) await changeOneImage(side, side.terraform);
  await Promise.all(sides.map(async ({ terraform }) => succeeded(await terraform.destroy())));

  const rows = sides.map(({ name, lines, planned }, index) => {
    const { total, types } = stateSize(states[index] ?? "");
    return { name, lines, resources: counts[index], apply: applied[index] ?? 0, plan: median(planned), total, types };
  });
  writeFileSync(join(folder, "figures.json"), JSON.stringify(rows, undefined, 2));
  const [byHand, sameByHand, byLibrary] = rows;
  const ratio = (of: "plan" | "total" | "lines") =>
    [byHand, sameByHand].map((row) => `${((byLibrary?.[of] ?? 0) / (row?.[of] ?? 1)).toFixed(2)}x`).join(" and ");
  return [
    ...rows.map(
      ({ name, lines, resources, apply, plan, total, types }) =>
        `${name}: ${lines} lines, ${resources} resources, apply ${apply.toFixed(1)} s, plan ${plan.toFixed(2)} s, state ${kilobytes(total)} (releases ${kilobytes(types.helm_release ?? 0)})`,
    ),
    `the library takes ${ratio("lines")} the lines, ${ratio("plan")} the plan, ${ratio("total")} the state; a new image is one change`,
  ].join("\n");
}

/** One new image is one resource in the plan, changed in place. */
async function changeOneImage({ name, folder, image: { file, tag } }: Side, terraform: Terraform): Promise<void> {
  const before = readFileSync(file, "utf8");
  writeFileSync(file, before.replace(tag("2.0.1"), tag("2.0.2")));
  const { changes } = succeeded(await terraform.plan({ out: join(folder, "tfplan") }));
  const one = changes.length === 1 && changes[0]?.type === "helm_release" && changes[0].actions.join() === "update";
  expect(one, `one release changed in place of what is written ${name}`, changes);
  writeFileSync(file, before);
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}

function kilobytes(bytes: number): string {
  return `${Math.round(bytes / 1024)} kB`;
}
