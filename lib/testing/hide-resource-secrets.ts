import { isMap, type PlainMap } from "../render/objects/is-map";
import { allHidden, withoutSecrets } from "./hide-secrets";

/** Attributes whose values are secrets whatever they are called, by the beginning of the resource type. */
const SECRET_ATTRIBUTES: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^kubernetes_secret(_v1)?(_data)?$/, ["data", "binary_data", "data_wo", "binary_data_wo"]],
  [/^helm_release$/, ["set_sensitive", "set_wo", "repository_password"]],
  [/^aws_ssm_parameter$/, ["value", "value_wo"]],
  [/^aws_secretsmanager_secret_version$/, ["secret_string", "secret_binary", "secret_string_wo"]],
];

/** A copy of a resource's body that shows no secret. */
export function resourceWithoutSecrets(type: string, body: unknown): unknown {
  const attributes = SECRET_ATTRIBUTES.find(([pattern]) => pattern.test(type))?.[1] ?? [];
  return withHidden(body, attributes);
}

/** A copy of an object of Kubernetes that shows no secret. */
export function objectWithoutSecrets(object: PlainMap): unknown {
  return withHidden(object, object.kind === "Secret" ? ["data", "stringData"] : []);
}

/** A copy of a variable or an output that shows no default or value which it calls sensitive. */
export function blockWithoutSecrets(block: unknown): unknown {
  const isSensitive = isMap(block) && (block.sensitive === true || block.ephemeral === true);
  return withHidden(block, isSensitive ? ["default", "value"] : []);
}

function withHidden(body: unknown, attributes: readonly string[]): unknown {
  const shown = withoutSecrets(body);
  if (!isMap(shown)) return shown;
  const hidden = attributes.filter((name) => name in shown).map((name) => [name, allHidden(shown[name])]);
  return { ...shown, ...Object.fromEntries(hidden) };
}
