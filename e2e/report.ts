import Table from "cli-table3";
import pc from "picocolors";

type Outcome = "passed" | "failed" | "left out";

interface Row {
  readonly name: string;
  readonly outcome: Outcome;
  readonly seconds: number;
  readonly detail: string;
}

/** What an engine run did: one row for each promise that was tried. */
export class Report {
  private readonly rows: Row[] = [];

  /** @param signal Ends the run at the next step when it is raised. */
  constructor(private readonly signal?: AbortSignal) {}

  /**
   * Tries a promise. What the action answers is shown beside it. A step that others build on ends the run when it fails. Answers whether
   * it passed. One that cleans up is tried whatever happened.
   */
  async step(name: string, action: () => Promise<string>, { needed = false, cleansUp = false } = {}): Promise<boolean> {
    if (!cleansUp) this.signal?.throwIfAborted();
    console.log(pc.bold(`==> ${name}`));
    const begun = performance.now();
    const took = () => (performance.now() - begun) / 1000;
    try {
      this.add({ name, outcome: "passed", seconds: took(), detail: await action() }, took());
      return true;
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      this.add({ name, outcome: "failed", seconds: took(), detail }, took());
      if (needed) throw new Error(`the run ends here: ${name}`);
      return false;
    }
  }

  /** Says what was not tried, and why. It does not count as passed. */
  leftOut(name: string, reason: string): void {
    this.add({ name, outcome: "left out", seconds: 0, detail: reason }, 0);
  }

  get failed(): number {
    return this.count("failed");
  }

  get leftOutCount(): number {
    return this.count("left out");
  }

  print(): void {
    const table = new Table({
      head: ["tried", "outcome", "s", ""],
      colWidths: [44, 10, 7, 78],
      wordWrap: true,
      style: { head: [] },
    });
    for (const { name, outcome, seconds, detail } of this.rows) {
      table.push([name, paint(outcome), seconds.toFixed(1), detail.split("\n").slice(-8).join("\n")]);
    }
    console.log(table.toString());
    console.log(`${this.count("passed")} passed, ${this.failed} failed, ${this.leftOutCount} left out`);
  }

  private count(outcome: Outcome): number {
    return this.rows.filter((row) => row.outcome === outcome).length;
  }

  private add(row: Row, seconds: number): void {
    this.rows.push({ ...row, seconds });
    console.log(`    ${paint(row.outcome)} ${row.detail}`);
  }
}

function paint(outcome: Outcome): string {
  return { passed: pc.green, failed: pc.red, "left out": pc.yellow }[outcome](outcome);
}
