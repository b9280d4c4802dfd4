"""What create calls said comes back in the answers of MiniStack's EKS, and clusters have a real network around them."""

import base64
import json
import os
import uuid

import boto3
from ministack.core.responses import get_account_id, get_region
from ministack.services import eks

# MiniStack reads these itself; what else a create call says is kept as it is.
CLUSTER_HANDLED = {
    "name", "version", "roleArn", "tags", "clientRequestToken", "resourcesVpcConfig", "kubernetesNetworkConfig",
    "logging", "encryptionConfig", "bootstrapSelfManagedAddons", "accessConfig",
}  # fmt: skip
NODE_GROUP_KEPT = ("launchTemplate", "updateConfig", "nodeRepairConfig", "taints", "labels", "remoteAccess")
ADDON_NAMESPACE = {"amazon-cloudwatch-observability": "amazon-cloudwatch", "cert-manager": "cert-manager"}

_create_cluster, _delete_cluster = eks._create_cluster, eks._delete_cluster
_create_nodegroup = eks._create_nodegroup
_create_addon, _update_addon, _delete_addon = eks._create_addon, eks._update_addon, eks._delete_addon
_tag_resource, _untag_resource = eks._tag_resource, eks._untag_resource
_associate_access_policy = eks._associate_access_policy
_resolve_tag_resource_arn = eks._resolve_tag_resource_arn


def body_of(answer):
    return json.loads(answer[2])


def ec2():
    return boto3.client(
        "ec2",
        region_name=get_region(),
        endpoint_url=os.environ["AWS_ENDPOINT_URL_EC2"],
        aws_access_key_id=get_account_id(),
        aws_secret_access_key="test",
    )


def create_cluster(body, creator_arn=None):
    answer = _create_cluster(body, creator_arn)
    if answer[0] != 200:
        return answer
    cluster = eks._clusters[body["name"]]
    cluster.update({key: value for key, value in body.items() if key not in CLUSTER_HANDLED})
    cluster.setdefault("upgradePolicy", {"supportType": "EXTENDED"})
    cluster["kubernetesNetworkConfig"].update(body.get("kubernetesNetworkConfig") or {})
    cluster["accessConfig"] = {"authenticationMode": "CONFIG_MAP", **(body.get("accessConfig") or {})}
    try:
        surround(cluster)
    except Exception as problem:
        _delete_cluster(body["name"])
        return eks._error(400, "InvalidParameterException", f"The network of the cluster: {problem}")
    if os.environ.get("CLUSTER_BACKEND") == "loopback":
        cluster["endpoint"] = os.environ["CLUSTER_ENDPOINT"]
        cluster["_auth_token"] = os.environ["CLUSTER_TOKEN"]
        with open(os.environ["CLUSTER_CA"], "rb") as file:
            cluster["certificateAuthority"]["data"] = base64.b64encode(file.read()).decode()
        eks._schedule_access_policy_reconcile(body["name"])
    return eks._json_resp(200, {"cluster": eks._sanitize(cluster)})


def surround(cluster):
    """The VPC of the subnets, and the security group that EKS makes in it for the cluster."""
    network, name = cluster["resourcesVpcConfig"], cluster["name"]
    client = ec2()
    network["vpcId"] = client.describe_subnets(SubnetIds=network["subnetIds"])["Subnets"][0]["VpcId"]
    group = client.create_security_group(
        GroupName=f"eks-cluster-sg-{name}-{uuid.uuid4().int % 10**9}",
        Description="EKS created security group applied to ENI that is attached to EKS Control Plane master nodes",
        VpcId=network["vpcId"],
        TagSpecifications=[
            {"ResourceType": "security-group", "Tags": [{"Key": f"kubernetes.io/cluster/{name}", "Value": "owned"}]}
        ],
    )["GroupId"]
    network["clusterSecurityGroupId"] = group
    among_themselves = {"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": group}]}
    client.authorize_security_group_ingress(GroupId=group, IpPermissions=[among_themselves])


def delete_cluster(name):
    if any(key.startswith(f"{name}/") for key in eks._nodegroups):
        return eks._error(409, "ResourceInUseException", "Cluster has nodegroups attached")
    cluster = eks._clusters.get(name)
    answer = _delete_cluster(name)
    if answer[0] == 200:
        for key in [key for key in eks._addons if key.startswith(f"{name}/")]:
            eks._addons.pop(key)
        try:
            ec2().delete_security_group(GroupId=cluster["resourcesVpcConfig"]["clusterSecurityGroupId"])
        except Exception as problem:
            eks.logger.warning("EKS: the security group of cluster %s stays: %s", name, problem)
    return answer


def create_nodegroup(cluster_name, body):
    answer = _create_nodegroup(cluster_name, body)
    if answer[0] != 200:
        return answer
    record = eks._nodegroups[f"{cluster_name}/{body['nodegroupName']}"]
    record.update({key: body[key] for key in NODE_GROUP_KEPT if body.get(key) is not None})
    if "remoteAccess" not in body:
        record["resources"].pop("remoteAccessSecurityGroup", None)
    if body.get("launchTemplate"):
        record["launchTemplate"] = full_launch_template(body["launchTemplate"])
        if "diskSize" not in body:
            record.pop("diskSize")
    return eks._json_resp(200, {"nodegroup": record})


def full_launch_template(said):
    """EKS answers id, name and version, whichever of them it was given."""
    by = {"LaunchTemplateIds": [said["id"]]} if said.get("id") else {"LaunchTemplateNames": [said["name"]]}
    found = ec2().describe_launch_templates(**by)["LaunchTemplates"][0]
    version = said.get("version") or str(found["DefaultVersionNumber"])
    return {"id": found["LaunchTemplateId"], "name": found["LaunchTemplateName"], "version": version}


def create_addon(cluster_name, body):
    answer = _create_addon(cluster_name, {**body, "podIdentityAssociations": []})
    if answer[0] != 200:
        return answer
    addon = eks._addons[f"{cluster_name}/{body['addonName']}"]
    problem = associate(addon, body.get("podIdentityAssociations") or [])
    if problem:
        _delete_addon(cluster_name, body["addonName"])
    return problem or eks._json_resp(200, {"addon": addon})


def update_addon(cluster_name, addon_name, body):
    wanted = body.pop("podIdentityAssociations", None)
    answer = _update_addon(cluster_name, addon_name, body)
    if answer[0] == 200 and wanted is not None:
        addon = eks._addons[f"{cluster_name}/{addon_name}"]
        dissociate(addon)
        return associate(addon, wanted) or answer
    return answer


def delete_addon(cluster_name, addon_name):
    addon = eks._addons.get(f"{cluster_name}/{addon_name}")
    if addon:
        dissociate(addon)
    return _delete_addon(cluster_name, addon_name)


def associate(addon, wanted):
    """Pod identities of an add-on are associations of their own; the add-on answers their ARNs."""
    for one in wanted:
        namespace = ADDON_NAMESPACE.get(addon["addonName"], "kube-system")
        answer = eks._create_pod_identity_association(addon["clusterName"], {**one, "namespace": namespace})
        if answer[0] != 200:
            dissociate(addon)
            return answer
        made = body_of(answer)["association"]
        key = eks._pia_key(addon["clusterName"], made["associationId"])
        eks._pod_identity_associations[key]["ownerArn"] = addon["addonArn"]
        addon["podIdentityAssociations"].append(made["associationArn"])
    return None


def dissociate(addon):
    for arn in addon["podIdentityAssociations"]:
        eks._delete_pod_identity_association(addon["clusterName"], arn.rsplit("/", 1)[-1])
    addon["podIdentityAssociations"] = []


def associate_access_policy(cluster_name, principal_arn, body):
    """Nodes of Auto Mode have entries of type EC2, which take policies as STANDARD ones do."""
    entry = eks._access_entries.get(eks._ae_key(cluster_name, principal_arn)) or {}
    kind = entry.get("type")
    try:
        if kind == "EC2":
            entry["type"] = "STANDARD"
        return _associate_access_policy(cluster_name, principal_arn, body)
    finally:
        if kind == "EC2":
            entry["type"] = kind


def tag_resource(arn, body):
    return tags_shown(arn, _tag_resource(arn, body))


def untag_resource(arn, query):
    return tags_shown(arn, _untag_resource(arn, query))


def tags_shown(arn, answer):
    """Tags are kept apart from the records, whose own copy is what describe calls show."""
    stores = {
        "arn": eks._clusters, "nodegroupArn": eks._nodegroups, "addonArn": eks._addons,
        "accessEntryArn": eks._access_entries, "associationArn": eks._pod_identity_associations,
    }  # fmt: skip
    for field, store in stores.items():
        for record in store.values():
            if record.get(field) == arn:
                record["tags"] = dict(eks._tags.get(arn, {}))
    return answer


def resolve_tag_resource_arn(arn):
    if any(record["associationArn"] == arn for record in eks._pod_identity_associations.values()):
        return arn, None
    return _resolve_tag_resource_arn(arn)


def install(keep_docker):
    if not keep_docker:
        eks._get_docker = lambda: None
    if os.environ.get("CLUSTER_BACKEND") == "loopback":
        eks._cluster_endpoint = lambda _port: os.environ["CLUSTER_ENDPOINT"]
    eks._VALID_ACCESS_ENTRY_TYPES += ("EC2", "HYBRID_LINUX", "HYPERPOD_LINUX")
    eks._new_oidc_id = lambda: uuid.uuid4().hex.upper()
    eks._issuer_url = lambda identity: f"https://oidc.eks.{get_region()}.amazonaws.com/id/{identity}"
    eks._create_cluster, eks._delete_cluster = create_cluster, delete_cluster
    eks._create_nodegroup = create_nodegroup
    eks._create_addon, eks._update_addon, eks._delete_addon = create_addon, update_addon, delete_addon
    eks._associate_access_policy = associate_access_policy
    eks._tag_resource, eks._untag_resource = tag_resource, untag_resource
    eks._resolve_tag_resource_arn = resolve_tag_resource_arn
