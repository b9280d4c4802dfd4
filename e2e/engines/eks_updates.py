"""The update calls that MiniStack's EKS does not know, and DescribeUpdate for every update it ever answered."""

import json
import re
import urllib.parse

from eks_answers import body_of, full_launch_template
from ministack.core.responses import get_account_id, get_region
from ministack.services import eks

_handle = eks._handle_request_sync
_updates = {}

NAME = r"([A-Za-z0-9_-]+)"
MERGED = ("resourcesVpcConfig", "accessConfig", "kubernetesNetworkConfig", "storageConfig", "computeConfig")
REPLACED = ("upgradePolicy", "zonalShiftConfig", "remoteNetworkConfig", "controlPlaneScalingConfig")


def missing(kind, name):
    return eks._error(404, "ResourceNotFoundException", f"No {kind} found for name: {name}.")


def successful(kind, said):
    params = [{"type": key[0].upper() + key[1:], "value": json.dumps(value)} for key, value in said.items()]
    update = {"id": eks.new_uuid(), "status": "Successful", "type": kind, "params": params, "createdAt": eks._now()}
    return eks._json_resp(200, {"update": {**update, "errors": []}})


def update_cluster_config(name, body):
    cluster = eks._clusters.get(name)
    if not cluster:
        return missing("cluster", name)
    said = {key: value for key, value in body.items() if key != "clientRequestToken"}
    for key in MERGED:
        if key in said:
            cluster[key] = {**cluster.get(key, {}), **said[key]}
    for key in REPLACED:
        if key in said:
            cluster[key] = said[key]
    if "deletionProtection" in said:
        cluster["deletionProtection"] = said["deletionProtection"]
    if "logging" in said:
        cluster["logging"] = switched(cluster["logging"], said["logging"])
    return successful("ConfigUpdate", said)


def switched(before, said):
    """Log types are switched one by one: what an update does not name stays as it was."""
    state = {}
    for part in [*before.get("clusterLogging", []), *said.get("clusterLogging", [])]:
        state.update(dict.fromkeys(part.get("types", []), part.get("enabled", False)))
    groups = [{"types": sorted(t for t in state if state[t] is on), "enabled": on} for on in (True, False)]
    return {"clusterLogging": [group for group in groups if group["types"]]}


def update_cluster_version(name, body):
    cluster = eks._clusters.get(name)
    if not cluster:
        return missing("cluster", name)
    now, then = (int(version.split(".")[1]) for version in (cluster["version"], body["version"]))
    if then - now not in (0, 1):
        message = f"Unsupported Kubernetes minor version update from {cluster['version']} to {body['version']}"
        return eks._error(400, "InvalidParameterException", message)
    cluster["version"] = body["version"]
    return successful("VersionUpdate", {"version": body["version"]})


def update_nodegroup_config(cluster_name, name, body):
    group = eks._nodegroups.get(f"{cluster_name}/{name}")
    if not group:
        return missing("node group", name)
    for key in ("scalingConfig", "updateConfig", "nodeRepairConfig"):
        if key in body:
            group[key] = {**group.get(key, {}), **body[key]}
    labels = body.get("labels") or {}
    kept = {key: value for key, value in group["labels"].items() if key not in labels.get("removeLabels", [])}
    group["labels"] = {**kept, **labels.get("addOrUpdateLabels", {})}
    taints = body.get("taints") or {}
    gone = taints.get("removeTaints", []) + taints.get("addOrUpdateTaints", [])
    taken = {(taint["key"], taint["effect"]) for taint in gone}
    left = [taint for taint in group["taints"] if (taint["key"], taint["effect"]) not in taken]
    group["taints"] = left + taints.get("addOrUpdateTaints", [])
    group["modifiedAt"] = eks._now()
    return successful("ConfigUpdate", {key: body[key] for key in body if key != "clientRequestToken"})


def update_nodegroup_version(cluster_name, name, body):
    group = eks._nodegroups.get(f"{cluster_name}/{name}")
    if not group:
        return missing("node group", name)
    cluster = eks._clusters[cluster_name]
    if int(body.get("version", group["version"]).split(".")[1]) > int(cluster["version"].split(".")[1]):
        message = f"Nodegroup Kubernetes version {body['version']} is greater than cluster version {cluster['version']}"
        return eks._error(400, "InvalidParameterException", message)
    group.update({key: body[key] for key in ("version", "releaseVersion") if body.get(key)})
    if body.get("launchTemplate"):
        group["launchTemplate"] = full_launch_template(body["launchTemplate"])
    group["modifiedAt"] = eks._now()
    return successful("VersionUpdate", {key: body[key] for key in ("version", "releaseVersion") if body.get(key)})


ROUTES = [
    (rf"/clusters/{NAME}/update-config", update_cluster_config),
    (rf"/clusters/{NAME}/updates", update_cluster_version),
    (rf"/clusters/{NAME}/node-groups/{NAME}/update-config", update_nodegroup_config),
    (rf"/clusters/{NAME}/node-groups/{NAME}/update-version", update_nodegroup_version),
]


def describe_update(cluster_name, update_id):
    update = _updates.get((get_account_id(), get_region(), cluster_name, update_id))
    return eks._json_resp(200, {"update": update}) if update else missing("update", update_id)


def handle(method, path, headers, body_bytes, query_params):
    asked = re.fullmatch(rf"/clusters/{NAME}/updates/([A-Za-z0-9-]+)", path)
    if asked and method == "GET":
        return describe_update(*asked.groups())
    if path.startswith("/tags/") and method == "DELETE":
        # MiniStack's router takes the first key of the list only.
        return eks._untag_resource(urllib.parse.unquote(path[6:]), query_params)
    answer = answered_here(method, path, body_bytes)
    if answer is None:
        answer = _handle(method, path, headers, body_bytes, query_params)
    return remember(path, answer)


def answered_here(method, path, body_bytes):
    if method != "POST":
        return None
    for pattern, function in ROUTES:
        match = re.fullmatch(pattern, path)
        if match:
            return function(*match.groups(), json.loads(body_bytes or b"{}"))
    return None


def remember(path, answer):
    of_cluster = re.match(rf"/clusters/{NAME}/", path)
    if of_cluster and answer[0] == 200 and b'"update"' in answer[2]:
        update = body_of(answer).get("update")
        if update:
            _updates[(get_account_id(), get_region(), of_cluster.group(1), update["id"])] = update
    return answer


def install():
    eks._handle_request_sync = handle
