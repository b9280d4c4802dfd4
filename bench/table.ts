import Table from "cli-table3";
import pc from "picocolors";
import type { Summary } from "./statistics";

export type Row = readonly (string | number)[];

export function printTitle(title: string): void {
  console.log(pc.bold(`\n${title}`));
}

export function printTable(head: readonly string[], rows: readonly Row[]): void {
  const table = new Table({ head: [...head], style: { head: [], border: [] } });
  table.push(...rows.map((row) => [...row]));
  console.log(table.toString());
}

/** A figure beside the limit that it is held against; nothing fails because of it. */
export function verdict(name: string, figure: number, limit: number, unit = "x"): Row {
  const within = figure <= limit ? pc.green("within") : pc.yellow("over");
  return [name, `${figure.toFixed(2)}${unit}`, `${limit}${unit}`, within];
}

/** Median, smallest and largest. */
export function three({ median, min, max }: Summary, digits: number): string[] {
  return [median, min, max].map((value) => value.toFixed(digits));
}
