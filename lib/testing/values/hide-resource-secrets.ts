import { isMap } from "../../render/objects/is-map";
import { allHidden, withoutSecrets, withoutSecretsNamed } from "./hide-secrets";

/** Attributes whose values are secrets whatever they are called, by the beginning of the resource type. */
const SECRET_ATTRIBUTES: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^kubernetes_secret(_v1)?(_data)?$/, ["data", "binary_data", "data_wo", "binary_data_wo"]],
  [/^helm_release$/, ["set_sensitive", "set_wo", "repository_password"]],
  [/^aws_ssm_parameter$/, ["value", "value_wo"]],
  [/^aws_secretsmanager_secret_version$/, ["secret_string", "secret_binary", "secret_string_wo"]],
  [/^local_sensitive_file$/, ["content", "content_base64"]],
];

/** A copy of a resource's body that shows no secret. */
export function resourceWithoutSecrets(type: string, body: unknown): unknown {
  const attributes = SECRET_ATTRIBUTES.find(([pattern]) => pattern.test(type))?.[1] ?? [];
  return withHidden(body, attributes);
}

/** A copy of a variable or an output that shows no default or value which it calls sensitive, or which is a secret by the block's name. */
export function blockWithoutSecrets(name: string, block: unknown): unknown {
  if (!isMap(block)) return withoutSecrets(block, name);
  if (block.sensitive === true || block.ephemeral === true) return withHidden(block, ["default", "value"]);
  return Object.fromEntries(
    Object.entries(block).map(([key, inside]) => [
      key,
      key === "default" || key === "value" ? withoutSecretsNamed(name, inside) : withoutSecrets(inside, key),
    ]),
  );
}

function withHidden(body: unknown, attributes: readonly string[]): unknown {
  const shown = withoutSecrets(body);
  if (!isMap(shown)) return shown;
  const hidden = attributes.filter((name) => name in shown).map((name) => [name, allHidden(shown[name])]);
  return { ...shown, ...Object.fromEntries(hidden) };
}
