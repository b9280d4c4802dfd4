/** The path of a field or an item below another: `spec.containers[0]`, `metadata.labels["example.com/team"]`. */
export function fieldPath(parent: string, step: string | number): string {
  if (typeof step === "number") return `${parent}[${step}]`;
  if (!/^\w+$/.test(step)) return `${parent}[${JSON.stringify(step)}]`;
  return parent ? `${parent}.${step}` : step;
}
