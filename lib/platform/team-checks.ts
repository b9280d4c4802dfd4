import { Token } from "cdktf";
import { type AwsAccount, partitionOf } from "../core/account";
import type { Faults } from "../core/faults";
import { policyJson, type Statement } from "../core/policy-document";
import { checkStatements } from "../core/statement-checks";
import { PLATFORM_SIDS } from "./team-policy";

/**
 * Adds what is wrong with the upper bound of what pods may do: it must be a policy that IAM takes, must allow something, not everything, and
 * nothing over identities. With `account` ARNs must be of its partition.
 */
export function checkPodStatements(
  faults: Faults,
  property: string,
  statements: readonly Statement[],
  account?: AwsAccount,
): void {
  const before = faults.all.length;
  checkStatements(faults, property, statements);
  if (faults.all.length > before) return;
  faults.check(
    statements.some(({ Effect }) => Effect === "Allow"),
    property,
    "must allow something",
    undefined,
    "leave it out if the team's pods need no roles in AWS",
  );
  const sids = [...PLATFORM_SIDS, ...statements.map(({ Sid }) => Sid)];
  for (const [index, statement] of statements.entries()) {
    const own = (name: string) => `${property}[${index}].${name}`;
    const { Sid, Effect, Action, Resource } = statement;
    faults.check(
      !Sid || sids.indexOf(Sid) === index + PLATFORM_SIDS.length,
      own("Sid"),
      "must not be that of another statement of the boundary",
      Sid,
    );
    checkResources(faults, own("Resource"), statement, account);
    if (Effect !== "Allow") continue;
    // What all but some allows grows with AWS.
    faults
      .check(Action !== undefined, own("Action"), "must be given")
      .check(Resource !== undefined, own("Resource"), "must be given");
    checkAllowed(faults, own, statement);
  }
}

/** IAM refuses a policy for one ARN of another partition, and only when it is made. */
function checkResources(faults: Faults, property: string, { Resource = [] }: Statement, account?: AwsAccount): void {
  const begins = account ? `arn:${partitionOf(account.region)}:` : "arn:";
  for (const resource of [Resource].flat()) {
    const holds = resource === "*" || resource.startsWith(begins) || Token.isUnresolved(resource);
    faults.check(holds, property, `must be "*" or begin with "${begins}"`, resource);
  }
}

/** Services that make identities outside of IAM, or let somebody become one. */
const IDENTITY_SERVICES = /^(identity-sync|identitystore.*|rolesanywhere|sso.*)$/;

/** A team deploys from its own repository: within this bound nobody of the platform looks again. */
function checkAllowed(
  faults: Faults,
  own: (name: string) => string,
  { Action = [], Resource = [] }: Partial<Statement>,
): void {
  const property = own("Action");
  for (const action of [Action].flat()) {
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
    if (IDENTITY_SERVICES.test(service)) {
      const rule = "must not be of a service that makes identities";
      faults.add(property, rule, action, "whoever makes or changes identities leaves the bound");
    }
    if (service === "iam" && !/^(get|list)/.test(name ?? "")) {
      const rule = "must only read in IAM: begin with iam:Get or iam:List";
      faults.add(property, rule, action, "whoever makes or changes identities leaves the bound");
    }
    if (service === "eks" && !/^(describe|list)/.test(name ?? "")) {
      const rule = "must only read in EKS: begin with eks:Describe or eks:List";
      faults.add(
        property,
        rule,
        action,
        "whoever changes a cluster or its access entries may become its administrator",
      );
    }
    if (isNamed && ["sts:AssumeRole", "sts:AssumeRoot"].some((each) => matches(action, each))) {
      for (const resource of [Resource].flat().filter(isPattern)) {
        const rule = `must name each role where ${action} is allowed, without '*', '?' or a variable`;
        faults.add(own("Resource"), rule, resource, "an assumed role has rights of its own, not the bound's");
      }
    }
  }
}

/** Whether IAM reads it as more than one resource. Terraform takes one `$` of a variable away; what it fills in itself is a name. */
function isPattern(resource: string): boolean {
  return /[*?]|\$\$\{/.test(resource);
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
  added: readonly Statement[] = [],
): void {
  const text = policyJson(statements);
  if (Token.isUnresolved(text)) return;
  const length = lengthOf(text);
  const ours = added.length === 0 ? "" : `, ${lengthOf(policyJson(added))} of them for what the platform adds`;
  const rule = `must make a policy of at most ${maxLength} characters, makes ${length}${ours}`;
  faults.check(length <= maxLength, property, rule);
}

/** As IAM counts. */
function lengthOf(policy: string): number {
  return policy.replaceAll(/\s/g, "").length;
}
