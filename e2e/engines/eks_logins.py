"""Logins to the loopback control plane as EKS decides them: who signed the token, and which access entry that one has.

MiniStack does this only for tokens signed for the public STS address; ours are signed for the emulator's. Access
policies become RBAC in the control plane.
"""

import json
import os
import ssl
import time
import urllib.parse
import urllib.request

from ministack.core import sigv4
from ministack.core.iam_evaluator import CredentialResolutionError, resolve_credential
from ministack.core.responses import _account_from_sts_session
from ministack.services import eks

EMPTY_PAYLOAD = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
RBAC = "/apis/rbac.authorization.k8s.io/v1"
PLURAL = {"ClusterRole": "clusterroles", "ClusterRoleBinding": "clusterrolebindings", "RoleBinding": "rolebindings"}


def signer_of(token, cluster_name):
    """The credential that signed this `aws eks get-token` token for this cluster, or None."""
    if not token.startswith(eks._EKS_TOKEN_PREFIX):
        return None
    try:
        encoded = token[len(eks._EKS_TOKEN_PREFIX) :]
        url = urllib.parse.urlsplit(eks.base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)).decode())
        query = urllib.parse.parse_qs(url.query, keep_blank_values=True)
        field = {key: values[0] for key, values in query.items()}
        key_id, day, region, service, _ = field["X-Amz-Credential"].split("/")
        signed_headers, at = field["X-Amz-SignedHeaders"].lower(), field["X-Amz-Date"]
        signed_at = eks.dt.datetime.strptime(at, "%Y%m%dT%H%M%SZ").replace(tzinfo=eks.dt.timezone.utc)
    except (KeyError, ValueError):
        return None
    age = (eks.dt.datetime.now(eks.dt.timezone.utc) - signed_at).total_seconds()
    if (
        field.get("Action") != "GetCallerIdentity"
        or service != "sts"
        or not {"host", "x-k8s-aws-id"} <= set(signed_headers.split(";"))
        or not -300 <= age <= eks._EKS_TOKEN_VALIDITY_SECONDS
        or day != at[:8]
    ):
        return None
    account = key_id if key_id.isdigit() else _account_from_sts_session(key_id) or eks.find_iam_access_key_account(key_id)
    credential = resolve_credential(key_id, account, field.get("X-Amz-Security-Token"))
    if isinstance(credential, CredentialResolutionError):
        return None
    request = sigv4.build_canonical_request(
        "GET", url.path or "/", {"host": url.netloc, "x-k8s-aws-id": cluster_name}, query, signed_headers,
        payload_hash=EMPTY_PAYLOAD,
    )  # fmt: skip
    text = sigv4.build_string_to_sign(at, day, region, service, request)
    expected = sigv4.calculate_signature(credential.secret_access_key, day, region, service, text)
    return credential if sigv4.signatures_match(expected, field.get("X-Amz-Signature", "")) else None


def review_login(cluster_name, account_id, region, review, auth_token=""):
    refused = eks._token_review_response(review)
    found = eks._cluster_for_auth(cluster_name, account_id, region)
    token = (review.get("spec") or {}).get("token")
    if not found or not isinstance(token, str):
        return refused
    account_id, region, cluster = found
    if not eks.secrets.compare_digest(auth_token, cluster.get("_auth_token") or "-"):
        return refused
    credential = signer_of(token, cluster_name)
    entry = credential and eks._access_entry_for_principal(cluster_name, account_id, region, credential.principal_arn)
    if not entry:
        return refused
    policies = [
        eks._access_policy_group(cluster_name, principal, policy)
        for principal, policy, _ in eks._access_policy_associations(cluster_name, account_id, region)
        if principal == entry["principalArn"]
    ]
    return eks._token_review_response(
        review,
        authenticated=True,
        username=entry.get("username") or credential.principal_arn,
        uid=credential.principal_id or credential.principal_arn,
        groups=["system:authenticated", *(entry.get("kubernetesGroups") or []), *policies],
    )


def kubernetes(method, path, body=None):
    context = ssl.create_default_context(cafile=os.environ["CLUSTER_CA"])
    context.load_cert_chain(os.environ["CLUSTER_ADMIN_CERT"], os.environ["CLUSTER_ADMIN_KEY"])
    request = urllib.request.Request(os.environ["CLUSTER_ENDPOINT"] + path, method=method)
    if body is not None:
        request.data = json.dumps(body).encode()
        request.add_header("Content-Type", "application/apply-patch+yaml")
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=context))
    with opener.open(request, timeout=10) as answer:
        return json.loads(answer.read())


def path_of(item):
    namespace = item["metadata"].get("namespace")
    inside = f"/namespaces/{namespace}" if namespace else ""
    return f"{RBAC}{inside}/{PLURAL[item['kind']]}/{item['metadata']['name']}"


def reconcile(cluster_name, account_id, region):
    """Bindings for the access policies of this cluster, in the place of the ones MiniStack writes into its container."""
    if cluster_name != os.environ["CLUSTER_NAME"]:
        return True
    problem = None
    for _ in range(5):
        try:
            bind_policies(cluster_name, account_id, region)
            return True
        except OSError as failure:
            problem = failure
            time.sleep(1)
    eks.logger.warning("EKS: the access policies of %s are not in the cluster: %s", cluster_name, problem)
    return False


def bind_policies(cluster_name, account_id, region):
    found = [item["metadata"] for item in kubernetes("GET", "/api/v1/namespaces")["items"]]
    namespaces = [metadata["name"] for metadata in found if "deletionTimestamp" not in metadata]
    wanted = eks._access_policy_rbac_objects(cluster_name, account_id, region, namespaces)
    for item in wanted:
        kubernetes("PATCH", path_of(item) + "?fieldManager=eks&force=true", item)
    kept = {path_of(item) for item in wanted}
    selector = urllib.parse.quote(f"{eks._ACCESS_POLICY_BINDING_LABEL}=true")
    for kind in ("ClusterRoleBinding", "RoleBinding"):
        for item in kubernetes("GET", f"{RBAC}/{PLURAL[kind]}?labelSelector={selector}")["items"]:
            path = path_of({"kind": kind, "metadata": item["metadata"]})
            if path not in kept:
                kubernetes("DELETE", path)


def install():
    eks._authenticate_token_review = review_login
    eks._reconcile_access_policy_rbac = reconcile
