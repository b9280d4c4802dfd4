/** One rule of a role, in the words of Kubernetes, with the reason for it. */
export interface RoleRule {
  /** Without a version: `apps`, not `apps/v1`. The core group is `""`. */
  readonly apiGroups: readonly string[];
  /** Plural and in lower case; a subresource follows a slash: `pods/log`. */
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  /**
   * Names of the only objects it holds for. `create`, and `list` and `watch` of more than one object, have no name and are then not granted.
   *
   * @default - all objects
   */
  readonly resourceNames?: readonly string[];
  /**
   * Why the role needs it: 10 to 500 characters, which stand as an annotation on the role. Some rules are refused without it: `checkRules`.
   *
   * @default - none
   */
  readonly reason?: string;
}

/** What somebody asks of the Kubernetes API, in one namespace. */
export interface AccessRequest {
  readonly verb: string;
  /** The core group is `""`. */
  readonly apiGroup: string;
  /** For example `pods`. */
  readonly resource: string;
  /** For example `log`. */
  readonly subresource?: string;
  /** Name of the object; requests to create, and to list or watch many, have none. */
  readonly name?: string;
}

/**
 * Whether rules allow a request, decided as the RBAC authorizer of Kubernetes decides: one rule that matches is enough, and none denies.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.35.0/pkg/apis/rbac/v1/evaluation_helpers.go
 */
export function isAllowed(rules: readonly RoleRule[], request: AccessRequest): boolean {
  return rules.some(
    (rule) =>
      has(rule.verbs, request.verb) &&
      has(rule.apiGroups, request.apiGroup) &&
      coversResource(rule.resources, request) &&
      coversName(rule.resourceNames, request.name),
  );
}

function has(values: readonly string[], value: string): boolean {
  return values.includes("*") || values.includes(value);
}

function coversResource(resources: readonly string[], { resource, subresource }: AccessRequest): boolean {
  return subresource
    ? has(resources, `${resource}/${subresource}`) || resources.includes(`*/${subresource}`)
    : has(resources, resource);
}

/** A rule that lists no names holds for all. */
function coversName(names: readonly string[] = [], name = ""): boolean {
  return names.length === 0 || names.includes(name);
}
