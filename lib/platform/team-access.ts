import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { Construct } from "constructs";
import { type AwsAccount, checkAccount, partitionOf } from "../core/account";
import { Faults } from "../core/faults";
import { policyJson, type Statement } from "../core/policy-document";
import { Role } from "../iam/role";
import { principalTrust } from "../iam/trust";
import { checkTrustedPrincipals } from "../iam/trusted-principals";
import type { StateLocation } from "../state/state-location";
import { validContract } from "./check-contract";
import { contractParameters, type PlatformContract } from "./contract";
import { RENEW } from "./platform-contract";
import { checkPodBoundary, checkPodStatements, checkPolicySize } from "./team-checks";
import { deployRoleArn, deployRoleName, podRoles, podsBoundaryName, stateKeyPrefix } from "./team-names";
import { podBoundary, teamStatements } from "./team-policy";

/** A contract, and who makes use of it. */
export interface TeamAccessProps {
  readonly contract: PlatformContract;
  /** The environment's account, with its own rules for roles: the deploy role stands under its path and its boundary. */
  readonly account: AwsAccount;
  /** Where the environment keeps its state. The team gets its own prefix there, if the contract has `state`. */
  readonly state: StateLocation;
  /**
   * ARNs of the IAM roles and users that may assume the deploy role, of any account. They must exist. At least one, and no more than a trust
   * policy of 2048 characters holds.
   */
  readonly trustedPrincipals: readonly string[];
  /**
   * The most that roles of the team's pods may do. Must be given exactly if the contract has `podRoles`. Each action names its service. Refused
   * are actions that change IAM, EKS, the account or the organization, those of services that make identities (IAM Identity Center, IAM Roles
   * Anywhere), and `sts:AssumeRole` of a role that is not named. The states of the store, their locks and key, and the parameters below
   * `/eks-platform` are denied, whatever is allowed here.
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
 * With `podStatements` every Pod Identity association of the cluster must have a tag `Team`, and none but the team's own may have its name
 * there. The team can take over one without: AWS cannot tell it from a new one. Records see to it for the platform's own; those made by hand
 * or in another stack are up to whoever makes them.
 *
 * Creates `aws_iam_role`, `aws_iam_role_policy`, and with `podStatements` an `aws_iam_policy`.
 *
 * @throws {ValidationError} if the contract is none of a version that is known here or does not name what is made here, a principal is not an
 * IAM role or user, a policy is larger than IAM allows, the pods' bound is none or gives rights over identities, or the account has a boundary
 * of its own for them
 */
export class TeamAccess extends Construct {
  readonly deployRole: Role;
  /** Known at synth, as the contract has it. */
  readonly deployRoleArn: string;
  readonly podsBoundary?: IamPolicy;

  constructor(scope: Construct, id: string, props: TeamAccessProps) {
    super(scope, id);
    const { account, state, trustedPrincipals, podStatements } = props;
    const contract = validContract(props.contract, this.node.path, RENEW);
    const { environment, team } = contract;
    const statements = teamStatements(contract, state);
    const faults = new Faults(this.node.path);
    checkAccount(faults, "account", account);
    checkTrustedPrincipals(faults, "trustedPrincipals", trustedPrincipals, partitionOf(account.region));
    checkContract(faults, { ...props, contract });
    checkPolicySize(faults, "contract", statements, INLINE_POLICY_MAX_LENGTH);
    if (podStatements) {
      checkPodStatements(faults, "podStatements", podStatements, account);
      checkPodBoundary(faults, "podStatements", account);
      const bound = Array.isArray(podStatements) ? podBoundary(podStatements, account, state, team) : [];
      checkPolicySize(faults, "podStatements", bound, MANAGED_POLICY_MAX_LENGTH, podBoundary([], account, state, team));
    }
    faults.throwIfAny();

    this.deployRoleArn = contract.identity.deployRoleArn;
    if (podStatements) {
      this.podsBoundary = new IamPolicy(this, "PodsBoundary", {
        name: podsBoundaryName(environment, team),
        path: account.iamPath ?? "/",
        description: `The most that pods of ${team} in ${environment} may do in AWS`,
        policy: policyJson(podBoundary(podStatements, account, state, team)),
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
  const { environment, team, identity, parameters } = contract;
  const named = contractParameters(environment, team);
  const made = {
    "contract.account.accountId": [contract.account.accountId, account.accountId],
    "contract.account.region": [contract.account.region, account.region],
    "contract.identity.deployRoleArn": [identity.deployRoleArn, deployRoleArn(account, environment, team)],
    "contract.identity.podRoles": [identity.podRoles, podStatements && podRoles(account, environment, team)],
    "contract.parameters.contract": [parameters.contract, named.contract],
    "contract.parameters.live": [parameters.live, named.live],
    ...(contract.state && {
      "contract.state.bucketName": [contract.state.bucketName, state.bucketName],
      "contract.state.region": [contract.state.region, state.account.region],
      "contract.state.keyAliasArn": [contract.state.keyAliasArn, state.keyAliasArn],
      "contract.state.keyPrefix": [contract.state.keyPrefix, stateKeyPrefix(environment, team)],
    }),
  };
  for (const [property, [given, is]] of Object.entries(made)) {
    const [got, wanted] = [given, is].map((value) => JSON.stringify(value));
    faults.check(got === wanted, property, `must be ${wanted ?? "left out"}`, given);
  }
}
