import { Faults } from "../../../lib/core/faults";
import type { INamespace } from "../../../lib/kubernetes/namespace-interface";
import type { Traffic } from "../../../lib/kubernetes/traffic";
import { checkTraffic } from "../../../lib/kubernetes/traffic-checks";
import { refusal } from "../../support/namespaces";

test.each<[unknown, string]>([
  [undefined, "null"],
  [null, "null"],
  ["internet", `"internet"`],
  [[], "[]"],
])("%j is no sentence at all", (said, got) => {
  expect(refusal((genomics) => genomics.allow(said as Traffic<INamespace>))).toBe(
    `'to' must stand in an object: one of to, from and within, got ${got} at test/genomics; for example { to: "internet" }`,
  );
});

test.each<[string, object, string]>([
  [
    "an end that is undefined",
    { to: undefined, ports: [80] },
    "'to' must stand alone: one of to, from and within, got []",
  ],
  [
    "ranges that are undefined",
    { to: { cidrBlocks: undefined } },
    "'to.cidrBlocks' must be a list of ranges as text, got null",
  ],
  ["no range", { to: { cidrBlocks: [] }, ports: [80] }, "'to.cidrBlocks' must list at least one range, got []"],
  ["no port", { from: "load-balancer", ports: [] }, "'ports' must list at least one port, got []"],
  ["ports that are undefined", { from: "load-balancer", ports: undefined }, "'ports' must list at least one port"],
])("a sentence with %s is refused", (_, said, message) => {
  expect(refusal((genomics) => genomics.allow(said as Traffic<INamespace>))).toBe(`${message} at test/genomics`);
});

test("refuses a construct that is no namespace, and an object that pretends to be one", () => {
  const notOne = (to: (scope: object) => object) =>
    refusal((genomics, _, scope) => genomics.allow({ to: to(scope), ports: [80] } as unknown as Traffic<INamespace>));
  const rule =
    /^'to' must be a namespace, ranges, a database or a name, got \[.*\] at test\/genomics; pass the Namespace itself/;
  expect(notOne((scope) => scope)).toMatch(rule);
  expect(notOne(() => ({ namespaceName: "reports", namespaceRef: "reports", deniesByDefault: true }))).toMatch(rule);
});

test("a record names a namespace, and nothing else will do", () => {
  const said = (to: unknown) => {
    const faults = new Faults("staging");
    checkTraffic(faults, { to, ports: [80] } as Traffic<{ namespace: string }>, (name) => `allow[0].${name}`);
    return faults.all.map(({ property, rule }) => `${property} ${rule}`);
  };
  expect(said({ namespace: "reports" })).toEqual([]);
  const rule = "allow[0].to must be a namespace, ranges, a database or a name";
  expect([{ namespace: "" }, { namespace: 5 }, {}].flatMap(said)).toEqual([rule, rule, rule]);
});
