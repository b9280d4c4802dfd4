import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { compareReports } from "../../tools/api-report/compare";
import { compileDeclarations } from "../../tools/api-report/declarations";
import { reportText } from "../../tools/api-report/report";
import { packageEntries } from "../../tools/lazy/package-entries";

const KEY = `/** A key. */
export declare class Key extends Construct implements IKey {
    private readonly made;
    #hidden: string;
    /** Of the key. */
    readonly keyArn: string;
    constructor(scope: Construct, id: string, { alias, ...rest }: KeyProps);
}
export interface KeyProps {
    /** @default - none */
    readonly accounts?: readonly string[];
    readonly alias: { readonly name: string; };
}
export declare function find(name: string): Key;
export declare function find(name: string, among: readonly Key[]): Key | undefined;
export declare const LONG: {
${Array.from({ length: 20 }, (_, index) => `    readonly a${index}: "scalar";`).join("\n")}
};
`;
const LISTS = `import type { Statement } from "../core/statement";
interface Named<T> extends Base { readonly own: T; }
interface Base { readonly base?: import("./other").Other; }
interface Unseen {}
export type Kept = Statement | Named<typeof PURPOSES>;
export declare const PURPOSES: { readonly nodes: "a"; };
export declare class Made implements Base {
    static count: number;
    readonly name: string;
    constructor(parts: Unseen);
}
`;

const declared = (files: Readonly<Record<string, string>>) =>
  new Map(
    Object.entries(files).map(([path, text]) => [
      resolve(path),
      { text, isGenerated: path.startsWith("lib/helm/charts/") },
    ]),
  );

const ENTRY = { file: "lib/kms/index.ts", text: 'export { find, Key, type KeyProps, LONG } from "./key";\n' };

test("an entry is recorded in the order of the alphabet, without comments, private members and the parts of a parameter", () => {
  expect(
    reportText(declared({ "lib/kms/key.d.ts": KEY }), ENTRY, [ENTRY]),
  ).toBe(`class Key extends Construct implements IKey {
  readonly keyArn: string;
  constructor(scope: Construct, id: string, props: KeyProps);
}

interface KeyProps {
  readonly accounts?: readonly string[];
  readonly alias: {
    readonly name: string;
  };
}

const LONG: {
${Array.from({ length: 20 }, (_, index) => `  readonly a${index}: "scalar";`).join("\n")}
};

function find(name: string): Key;
function find(name: string, among: readonly Key[]): Key | undefined;
`);
});

test("types that no entry has are recorded with what speaks of them; those of another entry are not", () => {
  const files = {
    "lib/kms/lists.d.ts": LISTS,
    "lib/kms/other.d.ts": "export interface Other {\n    readonly other: string;\n}\n",
    "lib/core/statement.d.ts": "export interface Statement {}\n",
  };
  const lists = { file: "lib/kms/index.ts", text: 'export { type Kept, PURPOSES } from "./lists";\n' };
  const core = { file: "lib/core/index.ts", text: 'export type { Statement } from "./statement";\n' };
  expect(reportText(declared(files), lists, [lists, core])).toBe(`(not exported)
interface Base {
  readonly base?: import("./other").Other;
}

type Kept = Statement | Named<typeof PURPOSES>;

(not exported)
interface Named<T> extends Base {
  readonly own: T;
}

(not exported)
interface Other {
  readonly other: string;
}

const PURPOSES: {
  readonly nodes: "a";
};
`);
});

test("a class that only the library makes has neither constructor nor static members, and what they speak of is left out", () => {
  const made = { file: "lib/kms/index.ts", text: 'export type { Made } from "./lists";\n' };
  const files = { "lib/kms/lists.d.ts": LISTS, "lib/kms/other.d.ts": "export interface Other {}\n" };
  expect(reportText(declared(files), made, [made])).toBe(`(not exported)
interface Base {
  readonly base?: import("./other").Other;
}

(type only)
class Made implements Base {
  readonly name: string;
}

(not exported)
interface Other {
}
`);
});

test("a constant is left out where a tool writes its file, and only there", () => {
  const text = 'export declare const chart: {\n    readonly name: "a";\n};\n';
  const entry = { file: "lib/helm/index.ts", text: 'export { chart } from "./charts/chart";\n' };
  const plain = { file: "lib/helm/index.ts", text: 'export { chart } from "./chart";\n' };
  const files = declared({ "lib/helm/charts/chart.d.ts": text, "lib/helm/chart.d.ts": text });
  expect(reportText(files, entry, [entry])).toBe("const chart: { ... };\n");
  expect(reportText(files, plain, [plain])).toBe('const chart: {\n  readonly name: "a";\n};\n');
});

test("a name that its file does not declare is a mistake of the entry", () => {
  const entry = { file: "lib/kms/index.ts", text: 'export { Vpc } from "./key";\n' };
  expect(() => reportText(declared({ "lib/kms/key.d.ts": KEY }), entry, [entry])).toThrow(
    `${resolve("lib/kms/key.d.ts")} does not declare Vpc itself`,
  );
});

describe("the record of this project", () => {
  const declarations = compileDeclarations("tsconfig.build.json");
  const entries = packageEntries(".").map(({ source }) => ({ file: source, text: readFileSync(source, "utf8") }));
  const changes = (area: string, file: string, from: string, to: string) => {
    const entry = entries.find((each) => each.file === `lib/${area}/index.ts`);
    const { text = "", isGenerated = false } = declarations.get(resolve(file)) ?? {};
    expect([entry !== undefined, text.includes(from)]).toEqual([true, true]);
    const edited = new Map([...declarations, [resolve(file), { text: text.replace(from, to), isGenerated }]]);
    const report = (texts: typeof declarations) => (entry ? reportText(texts, entry, entries) : "");
    return compareReports(report(declarations), report(edited));
  };

  test("a property of a type that is not exported has another name: that breaks", () => {
    const property = "readonly ports: readonly TrafficPort[];";
    expect(
      changes("kubernetes", "lib/kubernetes/traffic.d.ts", property, property.replace("ports", "portList")),
    ).toEqual([
      {
        declaration: "interface Ports",
        breaks: true,
        lines: [`-   ${property}`, "+   readonly portList: readonly TrafficPort[];"],
      },
    ]);
  });

  test("a member of a large constant goes: that breaks", () => {
    const member = 'readonly ebsCsi: readonly ["service-role/AmazonEBSCSIDriverPolicy"];';
    expect(changes("iam", "lib/iam/managed-policies.d.ts", member, "")).toEqual([
      {
        declaration: "const MANAGED_POLICIES",
        breaks: true,
        lines: ["-   readonly ebsCsi: readonly [", '-     "service-role/AmazonEBSCSIDriverPolicy"', "-   ];"],
      },
    ]);
  });

  test("constants of charts are generated", () => {
    expect(changes("helm", "lib/helm/charts/cert-manager.d.ts", "acmesolver", "solver")).toEqual([]);
  });
});

const BEFORE = `interface KeyProps {
  readonly alias: string;
}

class Key {
  readonly keyArn: string;
}

type Removal = "retain" | "destroy";
`;

test.each([
  ["nothing", BEFORE, []],
  [
    "a new declaration",
    `${BEFORE}\nfunction find(): Key;\n`,
    [{ declaration: "function find", breaks: false, lines: ["+ function find(): Key;"] }],
  ],
  [
    "a declaration that is gone",
    BEFORE.replace('type Removal = "retain" | "destroy";\n', ""),
    [{ declaration: "type Removal", breaks: true, lines: ['- type Removal = "retain" | "destroy";'] }],
  ],
  [
    "an optional property",
    BEFORE.replace("alias: string;", "alias: string;\n  readonly tags?: TagMap;"),
    [{ declaration: "interface KeyProps", breaks: false, lines: ["+   readonly tags?: TagMap;"] }],
  ],
  [
    "a required property",
    BEFORE.replace("alias: string;", "alias: string;\n  readonly tags: TagMap;"),
    [{ declaration: "interface KeyProps", breaks: true, lines: ["+   readonly tags: TagMap;"] }],
  ],
  [
    "a property that takes less",
    BEFORE.replace("alias: string", 'alias: "a"'),
    [
      {
        declaration: "interface KeyProps",
        breaks: true,
        lines: ["-   readonly alias: string;", '+   readonly alias: "a";'],
      },
    ],
  ],
  [
    "a member of a class",
    BEFORE.replace("keyArn: string;", "keyArn: string;\n  readonly keyId: string;"),
    [{ declaration: "class Key", breaks: false, lines: ["+   readonly keyId: string;"] }],
  ],
  [
    "a wider type",
    BEFORE.replace('"destroy"', '"destroy" | "keep"'),
    [
      {
        declaration: "type Removal",
        breaks: true,
        lines: ['- type Removal = "retain" | "destroy";', '+ type Removal = "retain" | "destroy" | "keep";'],
      },
    ],
  ],
  [
    "a type that is exported no longer",
    `(not exported)\n${BEFORE}`,
    [{ declaration: "interface KeyProps", breaks: true, lines: ["+ (not exported)"] }],
  ],
])("compared with the record: %s", (_, after, changes) => {
  expect(compareReports(BEFORE, after)).toEqual(changes);
});

test("a type that is exported now is an addition; declarations of one name stand together", () => {
  const ports = "(not exported)\ninterface Ports {\n  readonly a: string;\n}\n";
  const exported = ports.replace("(not exported)\n", "");
  expect(compareReports(ports, exported)).toEqual([
    { declaration: "interface Ports", breaks: false, lines: ["- (not exported)"] },
  ]);
  const both = `${exported}\n${ports}`;
  expect(compareReports(both, both.replace("a: string", "b: string"))).toEqual([
    { declaration: "interface Ports", breaks: true, lines: ["-   readonly a: string;", "+   readonly b: string;"] },
  ]);
});
