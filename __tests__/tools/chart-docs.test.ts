import { chartPage } from "../../tools/chart-docs/chart-page";
import { chartNames, readPage } from "../../tools/chart-docs/pages";
import { valueRows } from "../../tools/chart-docs/value-rows";

const chart = "name: api\nversion: 1.2.3\ndescription: An API\nappVersion: '2'\nkubeVersion: '>=1.31.0-0'\n";

test("a comment in the manner of helm-docs describes the value below it", () => {
  const values = `# About the whole file.

# -- How many pods.
# There are as many in each zone.
replicas: 2
image:
  # -- Where it comes from.
  repository: ""
  # -- Which one.
  tag: null
# Not for readers.
# -- A list.
args: ["a", 1]
# -- A share.
share: 0.5
# -- Whether at all.
enabled: true
`;
  expect(valueRows(values)).toEqual([
    {
      key: "replicas",
      type: "int",
      defaultText: "2",
      description: "How many pods. There are as many in each zone.",
    },
    { key: "image.repository", type: "string", defaultText: '""', description: "Where it comes from." },
    { key: "image.tag", type: "null", defaultText: "null", description: "Which one." },
    { key: "args", type: "list", defaultText: '["a",1]', description: "A list." },
    { key: "share", type: "float", defaultText: "0.5", description: "A share." },
    { key: "enabled", type: "bool", defaultText: "true", description: "Whether at all." },
  ]);
});

test("a comment without dashes describes a value, but not a map of values", () => {
  const values = "# Group.\nresources:\n  # CPU.\n  cpu: 1\n  memory: 1Gi\n# Labels.\nlabels: {}\n";
  expect(valueRows(values)).toEqual([
    { key: "resources.cpu", type: "int", defaultText: "1", description: "CPU." },
    { key: "resources.memory", type: "string", defaultText: '"1Gi"', description: undefined },
    { key: "labels", type: "object", defaultText: "{}", description: "Labels." },
  ]);
});

test("a map with dashes above it is one row, and what is described in it another", () => {
  const values = "# -- All of it.\nselector:\n  a.b/c: d\n  # -- That one.\n  e: f\n";
  expect(valueRows(values)).toEqual([
    { key: "selector", type: "object", defaultText: '{"a.b/c":"d","e":"f"}', description: "All of it." },
    { key: "selector.e", type: "string", defaultText: '"f"', description: "That one." },
  ]);
  expect(valueRows("# x\n? a.b\n: 1\n").map(({ key }) => key)).toEqual(['"a.b"']);
});

test("no values are no rows, and what is no map is refused", () => {
  expect(valueRows("# nothing\n")).toEqual([]);
  expect(() => valueRows("- a\n")).toThrow("values.yaml must be a map");
  expect(() => valueRows("a: 1\na: 2\n")).toThrow("Map keys must be unique");
});

const page = `<!-- chart-docs: head -->

# api

An API.

Version 1.2.3, application 2, Kubernetes >=1.31.0.

<!-- chart-docs: end of head -->

<!-- chart-docs: values -->

| key | type | default | description |
| --- | --- | --- | --- |
| \`a\` | string | \`"x\\|y"\` | This \\| that. |

<!-- chart-docs: end of values -->
`;

test("a page has the chart's head and its values", () => {
  expect(chartPage({ chart, values: "# -- This | that.\na: x|y\n" })).toBe(page);
});

test("what a hand has written into a page stays", () => {
  const before = `Above.\n${page.replace("-->\n\n<!-- chart-docs: v", "-->\n\nBetween.\n\n<!-- chart-docs: v")}Below.\n`;
  const written = chartPage({ chart: chart.replace("1.2.3", "1.3.0"), values: "# -- This | that.\na: x|y\n", before });
  expect(written).toBe(before.replace("1.2.3", "1.3.0"));
});

test("a value without a description and a page without marks are refused", () => {
  expect(() => chartPage({ chart, values: "a: 1\nb:\n  c: 2\n" })).toThrow("values.yaml: no comment above a, b.c");
  expect(() => chartPage({ chart, values: "", before: "# api\n" })).toThrow(
    "the page has no <!-- chart-docs: head --> with <!-- chart-docs: end of head --> after it",
  );
});

test.each(chartNames("charts"))("the page of %s is up to date", (name) => {
  const { before, after } = readPage(`charts/${name}`, name, "docs/charts");
  expect(before).toBe(after);
});
