"""What IAM decides by, and MiniStack's evaluator does not look at.

With AUTH=true MiniStack checks signatures and evaluates policies, but it takes a role's ARN without its path, knows nothing
behind an EKS cluster but the cluster, and no path of SSM parameters, resolves no alias of a key, never asks for iam:PassRole,
for the tags of a new role or key, or for the key that S3 encrypts with, and has none of the condition keys below. A key that
is not there meets no condition.

  iam:PermissionsBoundary, iam:PolicyARN           of the role, or what the request asks for
  iam:PassedToService                              of iam:PassRole
  iam:AWSServiceName                               of service-linked roles
  aws:ResourceTag of roles, and of what EKS keeps
  kms:ResourceAliases, kms:RequestAlias, kms:ViaService (of S3), kms:EncryptionContext:aws:s3:arn

The way to the emulator does not leave the machine: it counts as aws:SecureTransport.

https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
"""

import contextvars
import json
import re
from urllib.parse import unquote

from ministack.core import iam_actions, iam_evaluator
from ministack.core.responses import get_account_id
from ministack.services import eks, iam, kms, s3, tagging

import service_linked_roles

# Who takes a role that is handed to it, by the action and the fields of its request.
PASSED = {
    "eks:CreatePodIdentityAssociation": ("pods.eks.amazonaws.com", "roleArn"),
    "eks:UpdatePodIdentityAssociation": ("pods.eks.amazonaws.com", "roleArn"),
    "eks:CreateCluster": ("eks.amazonaws.com", "roleArn"),
    "eks:CreateNodegroup": ("eks.amazonaws.com", "nodeRole"),
    "eks:CreateAddon": ("eks.amazonaws.com", "serviceAccountRoleArn"),
    "eks:UpdateAddon": ("eks.amazonaws.com", "serviceAccountRoleArn"),
    "eks:CreateFargateProfile": ("eks-fargate-pods.amazonaws.com", "podExecutionRoleArn"),
}

# Actions whose boundary is the one that the request names.
SETS_BOUNDARY = {"iam:CreateRole", "iam:PutRolePermissionsBoundary"}
# Actions on a role that have a boundary already.
HAS_BOUNDARY = {
    "iam:AttachRolePolicy", "iam:DeleteRolePermissionsBoundary", "iam:DeleteRolePolicy", "iam:DetachRolePolicy",
    "iam:PutRolePolicy",
}  # fmt: skip

SSE, SSE_KEY = "x-amz-server-side-encryption", "x-amz-server-side-encryption-aws-kms-key-id"
READS = {"s3:GetObject", "s3:GetObjectVersion"}

# What else a request needs, each as (action, service, resource, condition keys).
MORE = " more"

_extract, _tag_context = iam_actions.extract_resource_arn, iam_actions.request_tag_context
_s3_context, _denied = iam_actions.s3_service_context, iam_actions.access_denied_response
_enforce, _resolve = iam_evaluator.enforce, iam_evaluator._resolve_condition_key

# The action that was denied, where it is not the one that was asked for.
_refused = contextvars.ContextVar("refused", default=None)


def extract_resource_arn(service, method, path, headers, body, query_params, region, account_id):
    arn = _extract(service, method, path, headers, body, query_params, region, account_id)
    if service == "iam":
        return arn_in_iam(arn, query_params, account_id)
    if service == "eks":
        return arn_in_eks(path) or arn
    if service == "kms":
        alias = fields(body).get("AliasName")
        return kms._alias_arn(alias) if alias else key_arn(arn)
    if service == "ssm" and "Path" in fields(body):
        return f"arn:aws:ssm:{region}:{account_id}:parameter{fields(body)['Path']}"
    return arn


def key_arn(key):
    """Of a key that is named by an alias, too."""
    return (kms._resolve_key(key) or {}).get("Arn", key)


def arn_in_iam(arn, params, account_id):
    """With the path that a role or a policy stands under, or would be made under."""
    name = iam._p(params, "RoleName")
    path = iam._p(params, "Path") or "/"
    if name:
        role = iam._roles.get(name)
        return role["Arn"] if role else f"arn:aws:iam::{account_id}:role{path}{name}"
    linked = iam._p(params, "AWSServiceName")
    if linked:
        return f"arn:aws:iam::{account_id}:role/aws-service-role/{linked}/{service_linked_roles.name(params)}"
    if iam._p(params, "PolicyName") and arn == "*":
        return f"arn:aws:iam::{account_id}:policy{path}{iam._p(params, 'PolicyName')}"
    return arn


def arn_in_eks(path):
    """Of what is asked for by a path below a cluster, or of what is tagged."""
    if path.startswith("/tags/"):
        return unquote(path[len("/tags/") :])
    found = re.fullmatch(r"/clusters/([^/]+)/([a-z-]+)/([^/]+)(?:/.*)?", path)
    if not found:
        return None
    cluster, kind, name = found[1], found[2], unquote(found[3])
    if kind == "pod-identity-associations":
        return eks._pod_identity_association_arn(cluster, name)
    tables = {
        "access-entries": (eks._access_entries, eks._ae_key(cluster, name), "accessEntryArn"),
        "addons": (eks._addons, f"{cluster}/{name}", "addonArn"),
        "node-groups": (eks._nodegroups, f"{cluster}/{name}", "nodegroupArn"),
    }
    if kind not in tables:
        return None
    table, key, field = tables[kind]
    return (table.get(key) or {}).get(field)


def request_context(service, iam_action, body, params):
    """The condition keys that a request brings along."""
    keys = dict(_tag_context(service, iam_action, body, params))
    if service == "iam":
        boundary = iam._p(params, "PermissionsBoundary")
        role = iam._roles.get(iam._p(params, "RoleName")) or {}
        if iam_action in HAS_BOUNDARY:
            boundary = role.get("PermissionsBoundary")
        if boundary and iam_action in HAS_BOUNDARY | SETS_BOUNDARY:
            keys["iam:PermissionsBoundary"] = boundary
        if iam._p(params, "AWSServiceName"):
            keys["iam:AWSServiceName"] = iam._p(params, "AWSServiceName")
        if iam_action in {"iam:AttachRolePolicy", "iam:DetachRolePolicy"}:
            keys["iam:PolicyARN"] = iam._p(params, "PolicyArn")
        if iam_action == "iam:CreateRole" and "aws:TagKeys" in keys:
            made = arn_in_iam("*", params, get_account_id())
            keys[MORE] = [("iam:TagRole", "iam", made, _tag_context(service, iam_action, body, params))]
    if iam_action == "kms:CreateKey" and "aws:TagKeys" in keys:
        # It has no ARN yet.
        keys[MORE] = [("kms:TagResource", "kms", "*", _tag_context(service, iam_action, body, params))]
    if service == "kms":
        asked = fields(body).get("KeyId", "")
        if "alias/" in asked:
            keys["kms:RequestAlias"] = asked[asked.index("alias/") :]
        alias = fields(body).get("AliasName")
        if alias:
            # On the alias, and on the keys that it leads to.
            named = {fields(body).get("TargetKeyId"), kms._alias_arn(alias)}
            keys[MORE] = [(iam_action, "kms", key_arn(key), {}) for key in named if kms._resolve_key(key)]
    if iam_action in PASSED:
        receiver, field = PASSED[iam_action]
        role = fields(body).get(field)
        keys[MORE] = [("iam:PassRole", "iam", role, {"iam:PassedToService": receiver})] if role else []
    return keys


def fields(body):
    try:
        found = json.loads(body or b"{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def s3_context(iam_action, query_params, path="", headers=None):
    """With the key that S3 uses in the caller's name."""
    keys = dict(_s3_context(iam_action, query_params, path, headers))
    bucket, _, name = path.lstrip("/").partition("/")
    if iam_action == "s3:PutObject":
        asked = headers or {}
        used = asked if asked.get(SSE) else s3._bucket_default_sse_headers(bucket)
    elif iam_action in READS:
        stored = ((s3._buckets.get(bucket) or {}).get("objects") or {}).get(name)
        used = s3._stored_sse_headers(stored) if stored else {}
    else:
        return keys
    if used.get(SSE) == "aws:kms" and used.get(SSE_KEY):
        action = "kms:Decrypt" if iam_action in READS else "kms:GenerateDataKey"
        key = key_arn(used[SSE_KEY])
        about = {"kms:EncryptionContext:aws:s3:arn": f"arn:aws:s3:::{bucket}"}
        keys[MORE] = [(action, "kms", key, about)]
    return keys


def enforce(access_key_id, iam_action, service, region, resource_arn="*", service_context=None):
    keys = dict(service_context or {})
    more = keys.pop(MORE, [])
    denied = decide(access_key_id, iam_action, service, region, resource_arn, keys)
    for action, other, resource, about in [] if denied else more:
        if service == "s3":
            about = {**about, "kms:ViaService": f"s3.{region}.amazonaws.com"}
        denied = decide(access_key_id, action, other, region, resource, about)
        if denied:
            _refused.set(action)
            break
    return denied


def resolve_condition_key(key, context):
    return "true" if key.lower() == "aws:securetransport" else _resolve(key, context)


def decide(access_key_id, action, service, region, resource_arn, keys):
    if service == "kms":
        aliases = [arn.split(":", 5)[5] for arn, key in kms._aliases.items() if resource_arn.endswith(f":key/{key}")]
        keys = {**keys, "kms:ResourceAliases": aliases or None}
    return _enforce(access_key_id, action, service, region, resource_arn=resource_arn, service_context=keys)


def access_denied_response(service, action, *others, **more):
    """The error names what was denied, which need not be what was asked for."""
    refused = _refused.get()
    _refused.set(None)
    return _denied(service, refused or action, *others, **more)


def collect_eks():
    for arn, tags in eks._tags.items():
        yield arn, [{"Key": key, "Value": value} for key, value in tags.items()]


def install():
    iam_actions.extract_resource_arn, iam_actions.request_tag_context = extract_resource_arn, request_context
    iam_actions.s3_service_context, iam_actions.access_denied_response = s3_context, access_denied_response
    iam_evaluator.enforce, iam_evaluator._resolve_condition_key = enforce, resolve_condition_key
    tagging._RESOURCE_TAG_COLLECTORS["eks"] = collect_eks
