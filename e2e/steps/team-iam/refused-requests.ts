import { iamArn } from "../../../lib/core/account";
import { stateKey } from "../../../lib/state/state-location";
import { deployRoleArn, type Granted, staging, state } from "./records";
import {
  ADMINISTRATOR,
  associate,
  CLUSTER,
  ENCRYPTED,
  eks,
  type Facts,
  iam,
  list,
  PLATFORM_ROLE,
  parameter,
  type Request,
  RIGHTS,
  s3,
  session,
  TRUST,
} from "./request";
import { podRoleName, stateKeyOf } from "./stacks";

const { account, cluster } = staging;

/** What belongs to the platform, to another team, or to nobody. */
export function refusedRequests(facts: Facts): Request[] {
  return [...states(facts), ...roles(facts), ...associations(facts), ...platform(facts)];
}

function states({ own, other, body }: Facts): Request[] {
  const [platforms, others] = [stateKey(staging.name), `${other.state.keyPrefix}api/terraform.tfstate`];
  const table = ["--table-name", state.lockTableName];
  const item = JSON.stringify({ LockID: { S: `${state.bucketName}/${platforms}` } });
  return [
    { what: "reads the platform's state", args: s3("get-object", platforms, `${body}.out`), refused: "s3:GetObject" },
    { what: "writes it", args: s3("put-object", platforms, "--body", body, ...ENCRYPTED), refused: "s3:PutObject" },
    { what: "locks it", args: s3("put-object", `${platforms}.tflock`, "--body", body), refused: "s3:PutObject" },
    { what: "unlocks it", args: s3("delete-object", `${platforms}.tflock`), refused: "s3:DeleteObject" },
    {
      what: "locks it in DynamoDB",
      args: ["dynamodb", "put-item", ...table, "--item", item],
      refused: "dynamodb:PutItem",
    },
    { what: "lists the platform's states", args: list("stacks/"), refused: "s3:ListBucket" },
    { what: "lists the whole bucket", args: list(""), refused: "s3:ListBucket" },
    { what: "reads another team's state", args: s3("get-object", others, `${body}.out`), refused: "s3:GetObject" },
    { what: "writes it", args: s3("put-object", others, "--body", body, ...ENCRYPTED), refused: "s3:PutObject" },
    { what: "lists another team's states", args: list(other.state.keyPrefix), refused: "s3:ListBucket" },
    { what: "deletes its own state", args: s3("delete-object", stateKeyOf(own)), refused: "s3:DeleteObject" },
    {
      what: "writes with another key",
      args: s3("put-object", stateKeyOf(own), "--body", body, ...ENCRYPTED.slice(0, 3), otherKey(own)),
      refused: "kms:GenerateDataKey",
    },
  ];
}

/** Key of the cluster's data, by its alias. */
function otherKey({ account: { accountId, region } }: Granted): string {
  return `arn:aws:kms:${region}:${accountId}:alias/${staging.name}/data`;
}

function roles({ own, other }: Facts): Request[] {
  const { iamPath, permissionsBoundaryArn } = own.identity.podRoles;
  const pods = ["--role-name", podRoleName(own)];
  const another = ["--role-name", "iam-trial-another", ...TRUST];
  const platforms = ["--role-name", PLATFORM_ROLE];
  const bounded = (arn: string) => ["--permissions-boundary", arn];
  const tagged = (team: string) => ["--tags", `Key=Team,Value=${team}`];
  const boundary = ["--policy-arn", permissionsBoundaryArn];
  const version = [...boundary, "--policy-document", RIGHTS[3] ?? "", "--set-as-default"];
  const create = (...more: string[]) => ({ args: iam("create-role", ...another, ...more), refused: "iam:CreateRole" });
  return [
    { what: "makes a role without a boundary", ...create("--path", iamPath) },
    { what: "makes a role with another boundary", ...create("--path", iamPath, ...bounded(ADMINISTRATOR)) },
    { what: "makes a role outside of its path", ...create(...bounded(permissionsBoundaryArn)) },
    {
      what: "makes a role under another team's path",
      ...create("--path", other.identity.podRoles.iamPath, ...bounded(permissionsBoundaryArn)),
    },
    {
      what: "makes a role with another team's tag",
      args: iam(
        "create-role",
        ...another,
        "--path",
        iamPath,
        ...bounded(permissionsBoundaryArn),
        ...tagged(other.team),
      ),
      refused: "iam:CreateRole",
    },
    {
      what: "tags its role as another team's",
      args: iam("tag-role", ...pods, ...tagged(other.team)),
      refused: "iam:TagRole",
    },
    {
      what: "takes the tag from its role",
      args: iam("untag-role", ...pods, "--tag-keys", "Team"),
      refused: "iam:UntagRole",
    },
    {
      what: "takes it by another spelling",
      args: iam("untag-role", ...pods, "--tag-keys", "team"),
      refused: "iam:UntagRole",
    },
    {
      what: "takes the boundary from its role",
      args: iam("delete-role-permissions-boundary", ...pods),
      refused: "iam:DeleteRolePermissionsBoundary",
    },
    {
      what: "gives its role another boundary",
      args: iam("put-role-permissions-boundary", ...pods, ...bounded(ADMINISTRATOR)),
      refused: "iam:PutRolePermissionsBoundary",
    },
    {
      what: "writes the boundary anew",
      args: iam("create-policy-version", ...version),
      refused: "iam:CreatePolicyVersion",
    },
    { what: "deletes the boundary", args: iam("delete-policy", ...boundary), refused: "iam:DeletePolicy" },
    {
      what: "attaches AdministratorAccess to its role",
      args: iam("attach-role-policy", ...pods, "--policy-arn", ADMINISTRATOR),
      refused: "iam:AttachRolePolicy",
    },
    {
      what: "attaches it to a role of the platform",
      args: iam("attach-role-policy", ...platforms, "--policy-arn", ADMINISTRATOR),
      refused: "iam:AttachRolePolicy",
    },
    {
      what: "gives a role of the platform a policy",
      args: iam("put-role-policy", ...platforms, ...RIGHTS),
      refused: "iam:PutRolePolicy",
    },
    {
      what: "gives its own deploy role a policy",
      args: iam("put-role-policy", "--role-name", own.identity.deployRoleArn.split("/").at(-1) ?? "", ...RIGHTS),
      refused: "iam:PutRolePolicy",
    },
    {
      what: "gives another team's role a policy",
      args: iam("put-role-policy", "--role-name", podRoleName(other), ...RIGHTS),
      refused: "iam:PutRolePolicy",
    },
    {
      what: "lets itself into a role of the platform",
      args: iam("update-assume-role-policy", ...platforms, "--policy-document", TRUST[1] ?? ""),
      refused: "iam:UpdateAssumeRolePolicy",
    },
    { what: "assumes the platform's deploy role", args: session(deployRoleArn), refused: "sts:AssumeRole" },
    { what: "assumes another team's", args: session(other.identity.deployRoleArn), refused: "sts:AssumeRole" },
    { what: "makes a user", args: iam("create-user", "--user-name", "iam-trial"), refused: "iam:CreateUser" },
  ];
}

function associations({ own, other, otherAssociationArn, otherAssociationId }: Facts): Request[] {
  const { iamPath } = own.identity.podRoles;
  const others = [...CLUSTER, "--association-id", otherAssociationId];
  const own_ = `Team=${own.team}`;
  const pods = podRoleName(own);
  const create = "eks:CreatePodIdentityAssociation";
  const theirs = other.identity.podRoles.iamPath;
  return [
    { what: "associates its role without a tag", args: associate(own, iamPath, undefined, pods), refused: create },
    { what: "with another team's tag", args: associate(own, iamPath, `Team=${other.team}`, pods), refused: create },
    { what: "passes a role of the platform", args: associate(own, "/", own_, PLATFORM_ROLE), refused: "iam:PassRole" },
    {
      what: "passes another team's role",
      args: associate(own, theirs, own_, podRoleName(other)),
      refused: "iam:PassRole",
    },
    {
      what: "deletes another team's association",
      args: eks("delete-pod-identity-association", ...others),
      refused: "eks:DeletePodIdentityAssociation",
    },
    {
      what: "gives it another role",
      args: eks("update-pod-identity-association", ...others, "--role-arn", iamArn(account, `role${iamPath}${pods}`)),
      refused: "eks:UpdatePodIdentityAssociation",
    },
    {
      what: "makes it its own by a tag",
      args: eks("tag-resource", "--resource-arn", otherAssociationArn, "--tags", own_),
      refused: "eks:TagResource",
    },
    {
      what: "tags the cluster",
      args: eks("tag-resource", "--resource-arn", clusterArn(), "--tags", own_),
      refused: "eks:TagResource",
    },
  ];
}

function clusterArn(): string {
  return `arn:aws:eks:${account.region}:${account.accountId}:cluster/${cluster.clusterName}`;
}

function platform({ own, other, stateKeyId }: Facts): Request[] {
  const principal = ["--principal-arn", own.identity.deployRoleArn];
  const policy = ["--policy-name", "default", "--policy", RIGHTS[3] ?? ""];
  const nodes = ["--nodegroup-name", "own", "--subnets", "subnet-1", "--node-role", deployRoleArn];
  const admin = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy";
  const key = ["--key-id", stateKeyId];
  const opened = ["--resources-vpc-config", "endpointPublicAccess=true"];
  return [
    {
      what: "opens the cluster's endpoint",
      args: eks("update-cluster-config", "--name", cluster.clusterName, ...opened),
      refused: "eks:UpdateClusterConfig",
    },
    {
      what: "deletes the cluster",
      args: eks("delete-cluster", "--name", cluster.clusterName),
      refused: "eks:DeleteCluster",
    },
    {
      what: "lets itself into the cluster",
      args: eks("create-access-entry", ...CLUSTER, ...principal),
      refused: "eks:CreateAccessEntry",
    },
    {
      what: "makes itself its administrator",
      args: eks(
        "associate-access-policy",
        ...CLUSTER,
        ...principal,
        "--policy-arn",
        admin,
        "--access-scope",
        "type=cluster",
      ),
      refused: "eks:AssociateAccessPolicy",
    },
    { what: "makes nodes", args: eks("create-nodegroup", ...CLUSTER, ...nodes), refused: "eks:CreateNodegroup" },
    {
      what: "writes the key's policy anew",
      args: ["kms", "put-key-policy", ...key, ...policy],
      refused: "kms:PutKeyPolicy",
    },
    {
      what: "deletes the key",
      args: ["kms", "schedule-key-deletion", ...key],
      refused: "kms:ScheduleKeyDeletion",
    },
    {
      what: "uses the key without S3",
      args: ["kms", "generate-data-key", ...key, "--key-spec", "AES_256"],
      refused: "kms:GenerateDataKey",
    },
    {
      what: "writes its own contract",
      args: ["ssm", "put-parameter", "--name", own.parameters.contract, "--value", "{}", "--overwrite"],
      refused: "ssm:PutParameter",
    },
    {
      what: "reads another team's contract",
      args: parameter(other.parameters.contract),
      refused: "ssm:GetParameter",
    },
  ];
}
