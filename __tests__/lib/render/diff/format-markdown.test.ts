import { COMMENT_MAX_LENGTH, formatMarkdown } from "../../../../lib/render/diff/format-markdown";
import { codeSpan, fencedBlock, htmlText } from "../../../../lib/render/diff/markdown-text";
import { configMap, object, sourced } from "./objects";
import { large, report, small } from "./reports";

test("an object of each change", () => {
  expect(formatMarkdown(small)).toBe(`### \`staging\`: 1 changed, 1 added, 1 removed

> [!CAUTION]
> Needs an explicit yes: \`--allow removed-data\`
>
> - **removed-data**: \`PersistentVolumeClaim genomics/data\`

- \`+ ConfigMap genomics/flags\` (\`genomics/api\`)

<details open><summary><code>- PersistentVolumeClaim genomics/data</code>: removed-data (<code>genomics/api</code>)</summary>

\`\`\`diff
! removed-data: takes along the data of its volume, unless the volume's reclaim policy is Retain
\`\`\`

</details>

<details open><summary><code>~ apps/Deployment genomics/api</code>: image, replicas (<code>genomics/api</code>)</summary>

\`\`\`diff
spec.replicas             2 → 3
containers[api].image     registry.example.com/api:1.4.0 → 1.5.0
\`\`\`

</details>

_Immutable fields are marked from a list of known ones; there are others._
`);
});

test("releases, Secrets, long texts, and what must stand out", () => {
  expect(
    formatMarkdown(large),
  ).toBe(`### \`staging\`: 6 changed, 1 added; releases: 1 reinstalled, 2 changed, 1 added, 1 removed

> [!CAUTION]
> Needs an explicit yes: \`--allow reinstall,immutable\`
>
> - **reinstall**: \`clinical/web\`
> - **immutable**: \`Service genomics/api\`

<details open><summary><code>! release clinical/web</code>: reinstall</summary>

\`\`\`diff
! reinstall: it was genomics/web; Helm can neither rename nor move a release, so the old one is uninstalled and this one installed anew: downtime, and what the old one stored is not taken along
\`\`\`

</details>

<details open><summary><code>~ release genomics/api</code>: chart, chart-version</summary>

\`\`\`diff
chart                     oci://registry.example.com/charts/api → api
version                   1.2.0 → 1.3.0
values                    image.tag, replicas
\`\`\`

</details>

- \`+ release genomics/new\`

- \`- release genomics/old\`

<details open><summary><code>~ release genomics/tool</code></summary>

\`\`\`diff
values                    debug (nothing that is rendered from them differs)
\`\`\`

</details>

<details open><summary><code>~ ConfigMap genomics/settings</code> (<code>clinical/web</code>)</summary>

\`\`\`diff
data["app.conf"]
  one
- two
+ 2
  three
\`\`\`

</details>

<details open><summary><code>~ Secret genomics/login</code> (<code>genomics/api</code>)</summary>

\`\`\`diff
stringData.password       (changed)
\`\`\`

</details>

<details open><summary><code>~ Service genomics/api</code>: immutable (<code>genomics/api</code>)</summary>

\`\`\`diff
! immutable: spec.clusterIP cannot be changed, the upgrade fails; see https://github.com/kubernetes/kubernetes/blob/v1.35.4/pkg/apis/core/validation/validation.go#L9109
spec.clusterIP            10.0.0.1 → 10.0.0.2
\`\`\`

</details>

<details open><summary><code>+ apps/Deployment genomics/api</code>: image (<code>genomics/api</code>)</summary>

\`\`\`diff
containers[api].image     other.example.com/api:1
\`\`\`

</details>

<details open><summary><code>~ rbac.authorization.k8s.io/Role genomics/api</code>: rbac-widened (<code>platform</code>)</summary>

\`\`\`diff
! rbac-widened: list pods
rules
- {apiGroups: [""], resources: [pods], verbs: [get]}
+ {apiGroups: [""], resources: [pods], verbs: [get, list]}
\`\`\`

</details>

- 2 objects differ only in their version labels: \`ConfigMap genomics/a\`, \`ConfigMap genomics/b\` (\`genomics/api\`)

_Immutable fields are marked from a list of known ones; there are others._
`);
});

test("no difference", () => {
  expect(formatMarkdown(report([], []))).toBe("### `staging`: no difference\n");
});

test("text and names of objects cannot break out", () => {
  const name = 'a`b</code><script>&"';
  const text = (line: string) => [sourced(configMap({ text: `${line}\nsame\n` }, { name }))];
  expect(formatMarkdown(report(text("````js"), text("</details>")))).toBe(`### \`staging\`: 1 changed

<details open><summary><code>~ ConfigMap genomics/a\`b&lt;/code&gt;&lt;script&gt;&amp;&quot;</code> (<code>genomics/api</code>)</summary>

\`\`\`\`\`diff
data.text
- \`\`\`\`js
+ </details>
  same
\`\`\`\`\`

</details>

_Immutable fields are marked from a list of known ones; there are others._
`);
});

test("as code in a line, as a block, and inside HTML", () => {
  expect(codeSpan("plain")).toBe("`plain`");
  expect(codeSpan("a`b``c")).toBe("```a`b``c```");
  expect(codeSpan("`a`")).toBe("`` `a` ``");
  expect(codeSpan("a\nb")).toBe("`a\\u{a}b`");
  expect(fencedBlock("diff", ["a", "+ `````"])).toBe("``````diff\na\n+ `````\n``````");
  expect(htmlText('<a href="x">&')).toBe("&lt;a href=&quot;x&quot;&gt;&amp;");
});

test("few changes are unfolded, many are not", () => {
  const many = (count: number, value: string) =>
    Array.from({ length: count }, (_, index) => sourced(configMap({ a: value }, { name: `c${index}` })));
  expect(formatMarkdown(report(many(10, "1"), many(10, "2"))).match(/<details open>/g)).toHaveLength(10);
  expect(formatMarkdown(report(many(11, "1"), many(11, "2"))).match(/<details>/g)).toHaveLength(11);
});

test("what does not fit into a comment is left out, whole objects at a time, and counted", () => {
  const sized = (name: string, lines: number) =>
    sourced(configMap({ text: `${"x".repeat(99)}\n`.repeat(lines) }, { name }));
  const empty = (name: string) => sourced(configMap({ text: "a\nb\n" }, { name }));
  const base = ["a", "b", "c", "d"].map(empty);
  const head = [sized("a", 300), sized("b", 400), sized("c", 900), sized("d", 200)];
  const text = formatMarkdown(report(base, head));
  expect(text.length).toBeLessThan(COMMENT_MAX_LENGTH);
  expect(text.match(/ConfigMap genomics\/\w/g)).toEqual(["ConfigMap genomics/a", "ConfigMap genomics/d"]);
  expect(text).toContain("\n\n**2 more left out here, for the length of a comment; the text format shows all.**\n\n");
});

test("however much is asked for and changed, a comment holds it", () => {
  const claims = Array.from({ length: 3000 }, (_, index) =>
    sourced(object("v1", "PersistentVolumeClaim", {}, { name: `${index}`.padStart(4, "0") })),
  );
  const text = formatMarkdown(report(claims, []));
  expect(text.length).toBeLessThan(COMMENT_MAX_LENGTH);
  const asked = Array.from(
    { length: 10 },
    (_, index) => `\`PersistentVolumeClaim genomics/${`${index}`.padStart(4, "0")}\``,
  );
  expect(text).toContain(`> - **removed-data**: ${asked.join(", ")} and 2990 more\n`);
  const [, left] = /\*\*(\d+) more left out/.exec(text) ?? [];
  expect(Number(left) + (text.match(/<details>/g) ?? []).length).toBe(3000);
});
