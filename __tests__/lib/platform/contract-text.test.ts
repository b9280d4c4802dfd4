import { contractText } from "../../../lib/platform/contract-text";
import { bareContract, contract } from "../../support/contract";

const TEXT = `{
 "contractVersion": "1.0",
 "writtenBy": "cdktf-eks-platform 0.1.0",
 "environment": "staging",
 "team": "genomics",
 "stage": "staging",
 "removal": "destroy",
 "domain": "staging.example.com",
 "account": {
  "accountId": "111122223333",
  "region": "eu-west-3"
 },
 "cluster": {
  "clusterName": "staging",
  "kubernetesVersion": "1.35"
 },
 "network": {
  "cidrBlocks": [
   "10.64.0.0/16"
  ],
  "subnets": {
   "control-plane": {
    "eu-west-3a": "10.64.0.0/28"
   },
   "public": {
    "eu-west-3a": "10.64.1.0/24",
    "eu-west-3b": "10.64.2.0/24"
   }
  },
  "traffic": {
   "kubernetesApiCidrBlocks": [
    "10.64.0.0/28",
    "172.20.0.1/32"
   ],
   "loadBalancerCidrBlocks": [
    "10.64.1.0/24",
    "10.64.2.0/24"
   ],
   "vpcCidrBlocks": [
    "10.64.0.0/16"
   ]
  }
 },
 "namespaces": {
  "batch": {
   "podSecurityLevel": "baseline"
  },
  "genomics": {
   "podSecurityLevel": "restricted"
  }
 },
 "identity": {
  "deployRoleArn": "arn:aws:iam::111122223333:role/staging-genomics-deploy",
  "podRoles": {
   "iamPath": "/eks-platform/staging/genomics/",
   "permissionsBoundaryArn": "arn:aws:iam::111122223333:policy/staging-genomics-pods"
  },
  "networkPolicies": true
 },
 "state": {
  "bucketName": "eks-platform-tfstate-111122223333-eu-west-3",
  "region": "eu-west-3",
  "keyAliasArn": "arn:aws:kms:eu-west-3:111122223333:alias/eks-platform/tfstate",
  "keyPrefix": "teams/genomics/staging/"
 },
 "tags": {
  "Environment": "staging",
  "Team": "genomics"
 },
 "parameters": {
  "contract": "/eks-platform/staging/genomics/contract",
  "live": "/eks-platform/staging/live"
 }
}`;

/** The same value with the keys of all objects the other way round. */
function reversed<T>(value: T): T {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([key, each]) => [key, reversed(each)]);
  return Object.fromEntries(entries.reverse()) as T;
}

test("a contract is written in one order, indented by one space, without a newline at the end", () => {
  expect(contractText(contract)).toBe(TEXT);
});

test("the order in which a contract was put together does not matter", () => {
  expect(contractText(reversed(contract))).toBe(TEXT);
});

test("nothing is lost, and what is left out is not written", () => {
  expect(JSON.parse(contractText(contract))).toEqual(contract);
  expect(JSON.parse(contractText(bareContract))).toEqual(JSON.parse(JSON.stringify(bareContract)));
});
