"""Prints what still exists in the account, one line per thing. Arguments: the regions. Endpoints come from the environment."""

import sys

import boto3
from botocore.exceptions import ClientError

# Of roles that no stack made: account_roles.py
BEFORE_ANY_STACK = "Of the account itself, before any stack"

GONE = {"deleted", "deleting", "terminated", "PendingDeletion"}


def every(client, operation, key, **arguments):
    for page in client.get_paginator(operation).paginate(**arguments):
        yield from page.get(key) or []


def network(region):
    ec2 = boto3.client("ec2", region_name=region)
    default = {vpc["VpcId"] for vpc in every(ec2, "describe_vpcs", "Vpcs") if vpc["IsDefault"]}
    kinds = [
        ("VPC", "describe_vpcs", "Vpcs", "VpcId", ""),
        ("subnet", "describe_subnets", "Subnets", "SubnetId", ""),
        ("NAT gateway", "describe_nat_gateways", "NatGateways", "NatGatewayId", "State"),
        ("internet gateway", "describe_internet_gateways", "InternetGateways", "InternetGatewayId", ""),
        ("security group", "describe_security_groups", "SecurityGroups", "GroupId", ""),
        ("VPC endpoint", "describe_vpc_endpoints", "VpcEndpoints", "VpcEndpointId", "State"),
        ("flow log", "describe_flow_logs", "FlowLogs", "FlowLogId", ""),
        ("launch template", "describe_launch_templates", "LaunchTemplates", "LaunchTemplateId", ""),
    ]
    for kind, operation, key, name, state in kinds:
        for item in every(ec2, operation, key):
            of_default_vpc = {item.get("VpcId"), item.get("ResourceId")} & default
            if not of_default_vpc and item.get(state) not in GONE:
                yield f"{region} {kind} {item[name]}"
    for address in ec2.describe_addresses()["Addresses"]:
        yield f"{region} elastic IP {address['AllocationId']}"


def clusters(region):
    eks = boto3.client("eks", region_name=region)
    for cluster in every(eks, "list_clusters", "clusters"):
        yield f"{region} EKS cluster {cluster}"
        for group in every(eks, "list_nodegroups", "nodegroups", clusterName=cluster):
            yield f"{region} EKS node group {cluster}/{group}"
        for addon in every(eks, "list_addons", "addons", clusterName=cluster):
            yield f"{region} EKS add-on {cluster}/{addon}"


def storage(region):
    for group in every(boto3.client("logs", region_name=region), "describe_log_groups", "logGroups"):
        yield f"{region} log group {group['logGroupName']}"
    for table in every(boto3.client("dynamodb", region_name=region), "list_tables", "TableNames"):
        yield f"{region} DynamoDB table {table}"
    ecr = boto3.client("ecr", region_name=region)
    for repository in every(ecr, "describe_repositories", "repositories"):
        yield f"{region} ECR repository {repository['repositoryName']}"


def keys(region):
    kms = boto3.client("kms", region_name=region)
    for key in every(kms, "list_keys", "Keys"):
        about = kms.describe_key(KeyId=key["KeyId"])["KeyMetadata"]
        if about["KeyState"] not in GONE and about.get("KeyManager") != "AWS":
            yield f"{region} KMS key {key['KeyId']}"
    for alias in every(kms, "list_aliases", "Aliases"):
        if not alias["AliasName"].startswith("alias/aws/"):
            yield f"{region} KMS alias {alias['AliasName']}"


def whole_account(region):
    iam = boto3.client("iam", region_name=region)
    for role in every(iam, "list_roles", "Roles"):
        if not role["Path"].startswith("/aws-service-role/") and role.get("Description") != BEFORE_ANY_STACK:
            yield f"IAM role {role['RoleName']}"
    for policy in every(iam, "list_policies", "Policies", Scope="Local"):
        yield f"IAM policy {policy['PolicyName']}"
    for provider in iam.list_open_id_connect_providers()["OpenIDConnectProviderList"]:
        yield f"OIDC provider {provider['Arn']}"
    for bucket in boto3.client("s3", region_name=region).list_buckets()["Buckets"]:
        yield f"S3 bucket {bucket['Name']}"


def main(regions):
    for region in regions:
        for look in (network, clusters, storage, keys):
            yield from look(region)
    yield from whole_account(regions[0])


if __name__ == "__main__":
    try:
        print(*main(sys.argv[1:]), sep="\n")
    except ClientError as problem:
        sys.exit(f"the emulators could not be asked: {problem}")
