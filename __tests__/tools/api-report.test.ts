import { compareReports } from "../../tools/api-report/compare";
import { declarationTexts } from "../../tools/api-report/declarations";
import { reportText } from "../../tools/api-report/report";

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
const declarations = new Map([[`${process.cwd()}/lib/kms/key.d.ts`, KEY]]);

test("a class is recorded without comments, private members and the parts of a parameter", () => {
  expect(declarationTexts(declarations, "lib/kms/key.d.ts", "Key")).toEqual([
    `class Key extends Construct implements IKey {
  readonly keyArn: string;
  constructor(scope: Construct, id: string, props: KeyProps);
}`,
  ]);
});

test("an entry is recorded in the order of the alphabet; overloads stay together, long data is left out", () => {
  const entry = 'export { find, Key, type KeyProps, LONG } from "./key";\n';
  expect(reportText(declarations, "lib/kms/index.ts", entry)).toBe(`class Key extends Construct implements IKey {
  readonly keyArn: string;
  constructor(scope: Construct, id: string, props: KeyProps);
}

interface KeyProps {
  readonly accounts?: readonly string[];
  readonly alias: {
    readonly name: string;
  };
}

const LONG: { ... };

function find(name: string): Key;
function find(name: string, among: readonly Key[]): Key | undefined;
`);
});

test("a name that its file does not declare is a mistake of the entry", () => {
  expect(() => declarationTexts(declarations, "lib/kms/key.d.ts", "Vpc")).toThrow(
    "lib/kms/key.d.ts does not declare Vpc itself",
  );
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
])("compared with the record: %s", (_, after, changes) => {
  expect(compareReports(BEFORE, after)).toEqual(changes);
});
