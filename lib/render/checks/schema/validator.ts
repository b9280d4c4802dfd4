import { isIPv4, isIPv6 } from "node:net";
import type { ErrorObject, ValidateFunction } from "ajv";
import { schemaData } from "../kubernetes-schemas";
import { type JsonSchema, references, toJsonSchema } from "./json-schema";

/** Finds what is wrong with a value; an empty list if nothing is. */
export type Validator = (value: unknown) => readonly ErrorObject[];

const QUANTITY = /^[+-]?(\d+\.?\d*|\.\d+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/;
const TIME = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

let shared: import("ajv").default | undefined;

/** One for the process: what is compiled stays compiled, for all versions of Kubernetes. */
function ajv(): import("ajv").default {
  if (!shared) {
    const { Ajv } = require("ajv") as typeof import("ajv");
    // `verbose` brings the schema beside the error. To shorten the code takes longer than to run it as it is.
    const code = { optimize: false };
    shared = new Ajv({ allErrors: true, verbose: true, strict: false, validateSchema: false, code });
    shared.addFormat("quantity", (text) => QUANTITY.test(text.trim()));
    shared.addFormat("date-time", TIME);
    shared.addFormat("ipv4", isIPv4);
    shared.addFormat("ipv6", isIPv6);
    shared.addFormat("byte", (text) => isBase64(text.replace(/[\r\n]/g, "")));
  }
  return shared;
}

function isBase64(text: string): boolean {
  return text.length % 4 === 0 && BASE64.test(text);
}

/** The validator of a schema in the data file. */
export function storedValidator(id: string): Validator {
  addStored(id);
  const validate = ajv().getSchema(id);
  if (!validate) throw new Error(`no schema ${id}`);
  return validator(validate);
}

function addStored(id: string): void {
  if (ajv().schemas[id]) return;
  const stored = schemaData().schemas[id];
  if (!stored) throw new Error(`no schema ${id}`);
  ajv().addSchema(toJsonSchema(stored), id);
  references(stored).forEach(addStored);
}

/** The validator of a schema that may refer to those in the data file. */
export function validatorOf(schema: JsonSchema, refersTo: readonly string[]): Validator {
  refersTo.forEach(addStored);
  return validator(ajv().compile(schema));
}

function validator(validate: ValidateFunction): Validator {
  return (value) => (validate(value) ? [] : (validate.errors ?? []));
}
