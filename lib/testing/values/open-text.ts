import { isMap } from "../../render/objects/is-map";
import { KNOWN_AT_APPLY } from "../../render/stack/platform-kinds";

/** Knows which texts stand for something that is not known before apply. */
export class OpenText {
  /** Where it says so in a message. */
  readonly why = "is known only at apply";

  /**
   * @param mark Finds each part of a text that is not known.
   * @param isTerraform Whether a text is read by Terraform, with its escapes.
   */
  constructor(
    private readonly mark: RegExp,
    private readonly isTerraform: boolean,
  ) {}

  isOpen(text: string): boolean {
    return this.plainParts(text).length > 1;
  }

  /** Whether there is such a text in a value. */
  isIn(value: unknown): boolean {
    if (typeof value === "string") return this.isOpen(value);
    if (Array.isArray(value)) return value.some((item) => this.isIn(item));
    if (!isMap(value)) return false;
    return (this.isTerraform && "dynamic" in value) || Object.values(value).some((item) => this.isIn(item));
  }

  /** Whether two texts that differ may be the same at apply: what stands around the unknown parts must fit. */
  mayBeSame(one: string, other: string): boolean {
    const [open, closed] = this.isOpen(other) ? [other, one] : [one, other];
    if (!this.isOpen(open)) return false;
    if (this.isOpen(closed)) return true;
    const parts = this.plainParts(open).map((part) => part.replaceAll(/[$()*+.?[\\\]^{|}]/g, "\\$&"));
    return new RegExp(`^${parts.join("[\\s\\S]*")}$`).test(closed);
  }

  /** Whether Terraform may read a text as one that is not there. An attribute of a resource that is referred to has a value. */
  mayBeAbsent(text: string): boolean {
    return (
      this.isTerraform && this.isOpen(text) && !/^\$\{(data\.)?[a-z0-9]+_[a-z0-9_]+\.[\w-]+\.[^?(){}]+\}$/.test(text)
    );
  }

  /** Whether a `dynamic` block may write such a block. */
  hasDynamic(body: Readonly<Record<string, unknown>>, key: string): boolean {
    if (!this.isTerraform) return false;
    return [body.dynamic].flat().some((blocks) => isMap(blocks) && key in blocks);
  }

  /** What stands around the parts that are not known. */
  private plainParts(text: string): string[] {
    // An escape is an ordinary text for Terraform, and no mark.
    if (!this.isTerraform) return text.split(this.mark);
    const read = text.replaceAll("$${", "\u0000").replaceAll("%%{", "\u0001");
    return read.split(this.mark).map((part) => part.replaceAll("\u0000", "$" + "{").replaceAll("\u0001", "%{"));
  }
}

/** Texts of `cdk.tf.json`. Where an expression ends does not matter: from its beginning on, the text may be anything up to the last brace. */
export const TERRAFORM_TEXT = new OpenText(/[$%]\{[\s\S]*\}|[$%]\{[\s\S]*$/, true);

/** Texts of rendered objects. */
export const RENDERED_TEXT = new OpenText(new RegExp(KNOWN_AT_APPLY.replaceAll(/[()]/g, "\\$&")), false);
