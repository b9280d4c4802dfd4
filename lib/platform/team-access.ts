import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { Construct } from "constructs";
import { type AwsAccount, checkAccount } from "../core/account";
import { Faults } from "../core/faults";
import { policyJson, type Statement } from "../core/policy-document";
import { Role } from "../iam/role";
import { principalTrust } from "../iam/trust";
import { checkTrustedPrincipals } from "../iam/trusted-principals";
import type { StateLocation } from "../state/state-location";
import type { PlatformContract } from "./contract";
import { checkPodBoundary, checkPodStatements, checkPolicySize } from "./team-checks";
import { deployRoleArn, deployRoleName, podRoles, podsBoundaryName } from "./team-names";
import { teamStatements } from "./team-policy";

/** A contract, and who makes use of it. */
export interface TeamAccessProps {
  readonly contract: PlatformContract;
  /** The environment's account, with its own rules for roles: the deploy role stands under its path and its boundary. */
  readonly account: AwsAccount;
  /** Where the environment keeps its state. The team gets its own prefix there, if the contract has `state`. */
  readonly state: StateLocation;
  /** ARNs of the IAM roles and users that may assume the deploy role, of any account. They must exist. At least one. */
  readonly trustedPrincipals: readonly string[];
  /**
   * The most that roles of the team's pods may do. Must be given exactly if the contract has `podRoles`.
   *
   * @default - its pods have no roles in AWS
   */
  readonly podStatements?: readonly Statement[];
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const INLINE_POLICY_MAX_LENGTH = 10_240;
const MANAGED_POLICY_MAX_LENGTH = 6_144;

/**
 * How a team of another repository gets into an environment: the role that its Terraform runs with, and the policy that bounds the roles of its
 * pods. Sessions last an hour at most.
 *
 * Creates `aws_iam_role`, `aws_iam_role_policy`, and with `podStatements` an `aws_iam_policy`.
 *
 * @throws {ValidationError} if a principal is not an IAM role or user, a policy is larger than IAM allows, the pods' bound is none, the account
 * has a boundary of its own for them, or the contract does not name what is made here
 */
export class TeamAccess extends Construct {
  readonly deployRole: Role;
  /** Known at synth, as the contract has it. */
  readonly deployRoleArn: string;
  readonly podsBoundary?: IamPolicy;

  constructor(scope: Construct, id: string, props: TeamAccessProps) {
    super(scope, id);
    const { contract, account, state, trustedPrincipals, podStatements } = props;
    const { environment, team } = contract;
    const statements = teamStatements(contract, state);
    const faults = new Faults(this.node.path);
    checkAccount(faults, "account", account);
    checkTrustedPrincipals(faults, "trustedPrincipals", trustedPrincipals);
    checkContract(faults, props);
    checkPolicySize(faults, "contract", statements, INLINE_POLICY_MAX_LENGTH);
    if (podStatements) {
      checkPodStatements(faults, "podStatements", podStatements);
      checkPodBoundary(faults, "podStatements", account);
      checkPolicySize(faults, "podStatements", podStatements, MANAGED_POLICY_MAX_LENGTH);
    }
    faults.throwIfAny();

    this.deployRoleArn = contract.identity.deployRoleArn;
    if (podStatements) {
      this.podsBoundary = new IamPolicy(this, "PodsBoundary", {
        name: podsBoundaryName(environment, team),
        path: account.iamPath ?? "/",
        description: `The most that pods of ${team} in ${environment} may do in AWS`,
        policy: policyJson(podStatements),
      });
    }
    this.deployRole = new Role(this, "Role", {
      account,
      roleName: deployRoleName(environment, team),
      description: `Terraform of ${team} in ${environment}`,
      trust: [principalTrust(trustedPrincipals)],
    });
    this.deployRole.addPolicy("Deploy", statements);
  }
}

/** The contract is written from names alone: it must name what is made. */
function checkContract(faults: Faults, { contract, account, state, podStatements }: TeamAccessProps): void {
  const { environment, team, identity } = contract;
  const made = {
    "contract.account.accountId": [contract.account.accountId, account.accountId],
    "contract.account.region": [contract.account.region, account.region],
    "contract.identity.deployRoleArn": [identity.deployRoleArn, deployRoleArn(account, environment, team)],
    "contract.identity.podRoles": [identity.podRoles, podStatements && podRoles(account, environment, team)],
    "contract.state.bucketName": [contract.state?.bucketName, contract.state && state.bucketName],
  };
  for (const [property, [named, is]] of Object.entries(made)) {
    const [got, wanted] = [named, is].map((value) => JSON.stringify(value));
    faults.check(got === wanted, property, `must be ${wanted ?? "left out"}`, named);
  }
}
