import { performance } from "node:perf_hooks";
import { diffObjects } from "../../lib/render/diff/diff-objects";
import { withRenderTools } from "../../lib/render/helm/render-tools";
import { renderEnvironment } from "../../lib/render/render-environment";
import { readStack } from "../../lib/render/stack/stack-file";

/** Comparisons of the same two renderings, the first with code that never ran before. */
export interface Comparisons {
  readonly objects: number;
  readonly changed: number;
  readonly milliseconds: readonly number[];
}

/** Renders the applications of two outputs, and compares their objects again and again. */
async function compare(base: string, head: string, count: number): Promise<Comparisons> {
  const [before, after] = await withRenderTools({}, (tools) =>
    Promise.all([base, head].map((out) => renderEnvironment(readStack(out, "applications"), tools))),
  );
  if (!before?.complete || !after?.complete) throw new Error("the applications cannot be rendered");
  let changed = 0;
  const milliseconds = Array.from({ length: count }, () => {
    const begun = performance.now();
    changed = diffObjects(before.objects, after.objects).length;
    return performance.now() - begun;
  });
  return { objects: after.objects.length, changed, milliseconds };
}

const [base = "", head = "", count] = process.argv.slice(2);
compare(base, head, Number(count)).then(
  (comparisons) => console.log(JSON.stringify(comparisons)),
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
