import type { TerraformStack } from "cdktf";
import { compareText } from "../../render/diff/plain-data";
import type { Body, Resources } from "../../render/stack/stack-file";

/** Where a stack's JSON is from. */
export interface StackOrigin {
  /**
   * Folder that synth wrote the stack to; paths in the JSON begin there.
   *
   * @default - nothing was written
   */
  readonly folder?: string;
  /**
   * The stack in code.
   *
   * @default - only its JSON is known
   */
  readonly construct?: TerraformStack;
}

/** A stack as Terraform reads it. `synthesize` makes it. */
export class StackUnderTest {
  constructor(
    readonly name: string,
    /** The whole `cdk.tf.json`. */
    readonly json: Body,
    readonly origin: StackOrigin = {},
  ) {}

  /** The bodies of a type by logical id; empty if there are none. Data sources: `data.aws_ssm_parameter`. */
  resources(type: string): Readonly<Record<string, Body>> {
    const isData = type.startsWith("data.");
    const byType = (isData ? this.json.data : this.json.resource) as Resources | undefined;
    return byType?.[isData ? type.slice("data.".length) : type] ?? {};
  }

  /**
   * The only resource of a type.
   *
   * @throws {Error} if there are none or several
   */
  only(type: string): Body {
    const [body, ...others] = Object.values(this.resources(type));
    if (body && others.length === 0) return body;
    throw new Error(`there must be one ${type} in ${this.name}, but there are ${body ? others.length + 1 : "none"}`);
  }

  /** Resources by type, then by logical id. */
  get allResources(): Resources {
    return (this.json.resource ?? {}) as Resources;
  }

  /** Address of every resource and module, sorted; data sources are left out. */
  get addresses(): readonly string[] {
    const resources = Object.entries(this.allResources).flatMap(([type, bodies]) =>
      Object.keys(bodies).map((id) => `${type}.${id}`),
    );
    const modules = Object.keys((this.json.module ?? {}) as Body).map((id) => `module.${id}`);
    return [...resources, ...modules].sort(compareText);
  }

  /** How many resources there are of each type. */
  get census(): Readonly<Record<string, number>> {
    const counts = Object.entries(this.allResources).map(([type, bodies]) => [type, Object.keys(bodies).length]);
    return Object.fromEntries(counts);
  }
}
