import { isMap } from "../objects/is-map";

/** How one attribute or block of a Terraform resource becomes a field of a Kubernetes object. */
export interface FieldShape {
  /** @default - the attribute's name in camelCase */
  readonly name?: string;
  /** Fields of the block; without it the value is taken as it is. */
  readonly fields?: BlockShape;
  /** Whether the block may stand more than once. */
  readonly many?: boolean;
  /** What the provider sends if nothing is written. */
  readonly fallback?: unknown;
  readonly convert?: (value: unknown) => unknown;
}

/** Attributes and blocks by their Terraform names. */
export type BlockShape = Readonly<Record<string, FieldShape>>;

/** Builds the fields that a block stands for. What the shape does not name is for Terraform only and left out. */
export function fieldsOf(block: unknown, shape: BlockShape): Record<string, unknown> {
  const source = isMap(block) ? block : {};
  const fields: Record<string, unknown> = {};
  for (const [attribute, field] of Object.entries(shape)) {
    const value = fieldValue(source[attribute] ?? field.fallback, field);
    if (value !== undefined) fields[field.name ?? camelCase(attribute)] = value;
  }
  return fields;
}

function fieldValue(value: unknown, { fields, many = false, convert }: FieldShape): unknown {
  if (value === undefined) return undefined;
  if (!fields) return Array.isArray(value) && value.length === 0 ? undefined : convert ? convert(value) : value;
  // In JSON one block may stand as an object or as a list of one.
  const blocks = (Array.isArray(value) ? value : [value]).map((block) => fieldsOf(block, fields));
  if (blocks.length === 0) return undefined;
  return many ? blocks : blocks[0];
}

function camelCase(name: string): string {
  return name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
