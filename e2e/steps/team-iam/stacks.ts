import { join } from "node:path";
import { DataAwsSsmParameter } from "@cdktf/provider-aws/lib/data-aws-ssm-parameter";
import { EksPodIdentityAssociation } from "@cdktf/provider-aws/lib/eks-pod-identity-association";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { App, type ITerraformDependable, LocalBackend, S3Backend, TerraformStack } from "cdktf";
import { awsProvider } from "../../../lib/core/aws-provider";
import { policyJson, type Statement } from "../../../lib/core/policy-document";
import { copyProviderLocks } from "../../../lib/core/provider-locks";
import { podIdentityTrust, principalTrust } from "../../../lib/iam/trust";
import type { PlatformContract } from "../../../lib/platform/contract";
import { PublishedContract } from "../../../lib/platform/published-contract";
import { TeamAccess } from "../../../lib/platform/team-access";
import { ALLOWED_TO_PODS, deployRoleArn, type Granted, PIPELINE, staging, state } from "./records";

/** What the platform deploys for its teams, and what one of them has deployed already. */
class PlatformSide extends TerraformStack {
  constructor(app: App, id: string, folder: string, contracts: readonly Granted[], deployed: Granted) {
    super(app, id);
    new LocalBackend(this, { path: join(folder, `${id}.tfstate`) });
    awsProvider(this, "aws", { account: staging.account, roleArn: deployRoleArn });
    const access = contracts.map((contract) => {
      new PublishedContract(this, `${contract.team}-contract`, { contract });
      return new TeamAccess(this, contract.team, {
        contract,
        account: staging.account,
        state,
        trustedPrincipals: [PIPELINE],
        podStatements: ALLOWED_TO_PODS,
      });
    });
    new SsmParameter(this, "live", { name: deployed.parameters.live, type: "String", insecureValue: "{}" });
    addPod(
      this,
      deployed,
      access.flatMap(({ podsBoundary }) => podsBoundary ?? []),
    );
  }
}

/** What a team deploys from its own repository: a role for its pods and what gives it to them. */
class TeamSide extends TerraformStack {
  constructor(app: App, id: string, contract: Granted) {
    super(app, id);
    const { account, identity, parameters, state: location } = contract;
    const roleArn = identity.deployRoleArn;
    new S3Backend(this, {
      bucket: location.bucketName,
      key: stateKeyOf(contract),
      region: location.region,
      encrypt: true,
      kmsKeyId: location.keyAliasArn,
      assumeRole: { roleArn },
    });
    this.addOverride("terraform.backend.s3.use_lockfile", true);
    awsProvider(this, "aws", { account, roleArn });
    for (const [id, name] of Object.entries(parameters)) new DataAwsSsmParameter(this, id, { name });
    addPod(this, contract);
  }
}

/** Named after its team. */
export function podRoleName({ environment, team }: PlatformContract): string {
  return `${environment}-${team}-api`;
}

export function stateKeyOf({ state: { keyPrefix } }: Granted): string {
  return `${keyPrefix}api/terraform.tfstate`;
}

/** Its own policy allows everything: what it may do is up to the boundary. */
function addPod(scope: TerraformStack, contract: Granted, dependsOn: ITerraformDependable[] = []): void {
  const { cluster, identity, team } = contract;
  const tags = { Team: team };
  const role = new IamRole(scope, "role", {
    name: podRoleName(contract),
    path: identity.podRoles.iamPath,
    permissionsBoundary: identity.podRoles.permissionsBoundaryArn,
    assumeRolePolicy: policyJson([podIdentityTrust(), principalTrust([PIPELINE])]),
    tags,
    dependsOn,
  });
  new IamRolePolicy(scope, "policy", { name: "Access", role: role.name, policy: policyJson(EVERYTHING) });
  new EksPodIdentityAssociation(scope, "association", {
    clusterName: cluster.clusterName,
    namespace: team,
    serviceAccount: "api",
    roleArn: role.arn,
    tags,
  });
}

const EVERYTHING: readonly Statement[] = [{ Effect: "Allow", Action: "*", Resource: "*" }];

/** Synthesises both sides to the folder. */
export function writeStacks(folder: string, own: Granted, other: Granted): void {
  const app = new App({ outdir: folder });
  new PlatformSide(app, "platform-side", folder, [own, other], other);
  new TeamSide(app, "team-side", own);
  app.synth();
  copyProviderLocks(app);
}
