import { stateKey } from "../../../lib/state/state-location";
import { staging, state } from "./records";
import {
  associate,
  CLUSTER,
  ENCRYPTED,
  eks,
  type Facts,
  iam,
  list,
  parameter,
  type Request,
  RIGHTS,
  ROLE,
  s3,
  session,
  TRUST,
} from "./request";

const { cluster } = staging;

/** What the team was granted. */
export function grantedRequests({ own, body }: Facts): Request[] {
  const { iamPath, permissionsBoundaryArn } = own.identity.podRoles;
  const key = `${own.state.keyPrefix}by-hand/terraform.tfstate`;
  const role = [...ROLE, "--path", iamPath, "--permissions-boundary", permissionsBoundaryArn, ...TRUST];
  return [
    { what: "reads its contract", args: parameter(own.parameters.contract) },
    { what: "reads what is known since the deploy", args: parameter(own.parameters.live) },
    { what: "describes the cluster", args: eks("describe-cluster", "--name", cluster.clusterName) },
    { what: "lists its states", args: list(own.state.keyPrefix) },
    {
      what: "takes a lock",
      args: s3("put-object", `${key}.tflock`, "--if-none-match", "*", "--body", body, ...ENCRYPTED),
    },
    { what: "writes a state", args: s3("put-object", key, "--body", body, ...ENCRYPTED) },
    { what: "reads a state", args: s3("get-object", key, `${body}.out`) },
    { what: "gives the lock back", args: s3("delete-object", `${key}.tflock`) },
    { what: "makes a role under its path, within its boundary", args: iam("create-role", ...role) },
    { what: "gives that role a policy", args: iam("put-role-policy", ...ROLE, ...RIGHTS) },
    { what: "passes it to a service account, with its tag", args: associate(own, iamPath, `Team=${own.team}`) },
  ];
}

/** The same way back. */
export function returnedRequests(associationId: string): Request[] {
  const association = [...CLUSTER, "--association-id", associationId];
  return [
    { what: "deletes its association", args: eks("delete-pod-identity-association", ...association) },
    { what: "takes a policy from its role", args: iam("delete-role-policy", ...ROLE, "--policy-name", "More") },
    { what: "deletes its role", args: iam("delete-role", ...ROLE) },
  ];
}

/** What a pod of the team may do: its role's own policy allows everything, and its boundary whole services. */
export function podRequests({ own, body, stateKeyId }: Facts): Request[] {
  const platforms = stateKey(staging.name);
  const table = ["--table-name", state.lockTableName];
  const path = (name: string) => ["ssm", "get-parameters-by-path", "--recursive", "--path", name];
  const key = ["--key-id", stateKeyId];
  return [
    { what: "a pod, within its boundary", args: ["s3api", "list-buckets"] },
    { what: "a pod looks at tables", args: ["dynamodb", "list-tables"] },
    {
      what: "a pod makes a role",
      args: iam("create-role", "--role-name", "by-pod", ...TRUST),
      refused: "iam:CreateRole",
    },
    { what: "a pod reads the contract", args: parameter(own.parameters.contract), refused: "ssm:GetParameter" },
    { what: "a pod reads all contracts", args: path("/eks-platform"), refused: "ssm:GetParametersByPath" },
    { what: "a pod reads all parameters", args: path("/"), refused: "ssm:GetParametersByPath" },
    { what: "a pod reads a state", args: s3("get-object", platforms, `${body}.pod`), refused: "s3:GetObject" },
    { what: "a pod lists states", args: list(own.state.keyPrefix), refused: "s3:ListBucket" },
    { what: "a pod looks at locks", args: ["dynamodb", "scan", ...table], refused: "dynamodb:Scan" },
    {
      what: "a pod uses the key of states",
      args: ["kms", "generate-data-key", ...key, "--key-spec", "AES_256"],
      refused: "kms:GenerateDataKey",
    },
    {
      what: "a pod deletes the key of states",
      args: ["kms", "schedule-key-deletion", ...key],
      refused: "kms:ScheduleKeyDeletion",
    },
  ];
}

/** Of somebody who may do everything in the account, and is not trusted by the role. */
export function strangersRequest({ own }: Facts): Request {
  return {
    what: "a stranger assumes the team's role",
    args: session(own.identity.deployRoleArn),
    refused: "sts:AssumeRole",
  };
}
