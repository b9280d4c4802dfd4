import { Token } from "cdktf";
import type { AwsAccount } from "../core/account";
import type { Faults } from "../core/faults";
import { policyJson, type Statement } from "../core/policy-document";

/** Adds what is wrong with the upper bound of what pods may do: it must allow something, not everything, and nothing over identities. */
export function checkPodStatements(faults: Faults, property: string, statements: readonly Statement[]): void {
  faults.check(
    statements.some(({ Effect }) => Effect === "Allow"),
    property,
    "must allow something",
    undefined,
    "leave it out if the team's pods need no roles in AWS",
  );
  for (const [index, statement] of statements.entries()) {
    const own = (name: string) => `${property}[${index}].${name}`;
    faults
      .check(
        statement.Principal === undefined,
        own("Principal"),
        "must not be set: it is the policy of a role",
        undefined,
      )
      .check(statement.Resource !== undefined, own("Resource"), "must be given");
    if (statement.Effect === "Allow") checkAllowed(faults, own("Action"), statement);
  }
}

/** A team deploys from its own repository: within this bound nobody of the platform looks again. */
function checkAllowed(faults: Faults, property: string, { Action, Resource = [] }: Statement): void {
  // `NotAction` is no property of a statement here, but nobody checks that of a plain object.
  const actions = [Action ?? []].flat();
  faults.check(actions.length > 0, property, "must be given");
  for (const action of actions) {
    faults.literal(property, action);
    if (Token.isUnresolved(action)) continue;
    const [service = "", name] = action.toLowerCase().split(":");
    const isNamed = name !== undefined && !/[*?]/.test(service);
    const fix = 'for example "s3:GetObject"; a pattern there allows whatever AWS has or adds';
    faults.check(isNamed, property, "must begin with the name of one service", action, fix);
    if (["organizations", "account"].includes(service)) {
      const rule = "must not be of the account or the organization";
      faults.add(property, rule, action, "what pods do stays within the account");
    }
    if (service === "iam" && !/^(get|list)/.test(name ?? "")) {
      const rule = "must only read in IAM: begin with iam:Get or iam:List";
      faults.add(property, rule, action, "whoever makes or changes identities leaves the bound");
    }
    if (isNamed && matches(action, "sts:AssumeRole") && [Resource].flat().some(isAnyRole)) {
      const rule = "must not assume any role there is: name roles as Resource";
      faults.add(property, rule, action, "an assumed role has rights of its own, not the bound's");
    }
  }
}

/** Whether a pattern holds for a role whose account and name nobody has written. */
function isAnyRole(resource: string): boolean {
  return matches(resource.replace(/^arn:aws[a-z-]*:/, "arn:aws:"), "arn:aws:iam::000000000000:role/any");
}

function matches(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "i").test(text);
}

/** A role has one boundary. Adds a fault where the account's own must be that of every role. */
export function checkPodBoundary(faults: Faults, property: string, { permissionsBoundaryArn }: AwsAccount): void {
  faults.check(
    permissionsBoundaryArn === undefined,
    property,
    "must not be set where 'account.permissionsBoundaryArn' bounds every role: a role has one boundary",
    undefined,
    "give the team 'serviceAccounts' with statements: the platform makes their roles",
  );
}

/** Adds a fault if a policy is larger than IAM allows. White space does not count, and what is known only at apply cannot be counted. */
export function checkPolicySize(
  faults: Faults,
  property: string,
  statements: readonly Statement[],
  maxLength: number,
): void {
  const text = policyJson(statements);
  if (Token.isUnresolved(text)) return;
  const { length } = text.replaceAll(/\s/g, "");
  faults.check(length <= maxLength, property, `must make a policy of at most ${maxLength} characters, makes ${length}`);
}
