import { Token } from "cdktf";
import type { AwsAccount } from "../core/account";
import type { Faults } from "../core/faults";
import { policyJson, type Statement } from "../core/policy-document";

/** Adds what is wrong with the upper bound of what pods may do: it must allow something, and not everything. */
export function checkPodStatements(faults: Faults, property: string, statements: readonly Statement[]): void {
  faults.check(
    statements.some(({ Effect }) => Effect === "Allow"),
    property,
    "must allow something",
    undefined,
    "leave it out if the team's pods need no roles in AWS",
  );
  for (const [index, { Principal, Action, Resource }] of statements.entries()) {
    const own = (name: string) => `${property}[${index}].${name}`;
    faults
      .check(Principal === undefined, own("Principal"), "must not be set: it is the policy of a role", undefined)
      .check(Resource !== undefined, own("Resource"), "must be given")
      .check(
        ![Action].flat().includes("*"),
        own("Action"),
        "must name what pods may do",
        "*",
        'for example "s3:GetObject"',
      );
  }
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
