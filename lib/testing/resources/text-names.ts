import { ANY_NAME, type KnownNames } from "../expected/known-names";

/** The grammar of a policy. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html */
const POLICY_WORDS = [
  ...["Version", "Id", "Statement", "Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction"],
  ...["Resource", "NotResource", "Condition", "AWS", "Service", "Federated", "CanonicalUser"],
];

/** The names of conditions. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const CONDITION =
  /^(ForAllValues:|ForAnyValue:)?(String(Not)?(Equals(IgnoreCase)?|Like)|(Numeric|Date)((Not)?Equals|(Less|Greater)Than(Equals)?)|Bool|BinaryEquals|(Not)?IpAddress|Arn(Not)?(Equals|Like)|Null)(IfExists)?$/;

/** What every object of Kubernetes may have. */
const OBJECT_WORDS = ["apiVersion", "kind", "metadata", "spec", "name", "namespace"];

/** The names in a policy that stands as text. */
const POLICY_NAMES: KnownNames = {
  names: POLICY_WORDS,
  below(name) {
    if (CONDITION.test(name)) return ANY_NAME;
    return POLICY_WORDS.includes(name) ? POLICY_NAMES : undefined;
  },
};

/** The names in a manifest, as far as all kinds share them. */
const MANIFEST_NAMES: KnownNames = {
  names: [...OBJECT_WORDS, "labels", "annotations"],
  below(name) {
    if (name === "labels" || name === "annotations") return ANY_NAME;
    return OBJECT_WORDS.includes(name) ? MANIFEST_NAMES : undefined;
  },
};

/** The names in what a property holds as text, or as anything; none if nothing is known of it. */
export function textNames(property: string): KnownNames {
  if (property.includes("policy")) return POLICY_NAMES;
  return property === "manifest" ? MANIFEST_NAMES : { names: [], below: () => undefined };
}
