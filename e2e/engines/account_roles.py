"""Roles that an account has before any stack: of people, of pipelines, of whoever deploys.

With AUTH=true a role has to be there before it is assumed. Those that no stack makes come into being when they are first
assumed, as administrators, and by whoever may assume roles at all; roles that stacks make are as the stacks made them.
"""

import json

from ministack.services import iam, sts

# leftovers.py knows them by it.
DESCRIPTION = "Of the account itself, before any stack"

TRUST = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"}]}

_assumed_role_arn = sts._assumed_role_arn


def assumed_role_arn(role_arn, session_name):
    answer = _assumed_role_arn(role_arn, session_name)
    if not answer[1]:
        account, name = role_arn.split(":")[4], role_arn.rsplit("/", 1)[-1]
        # A path is given by a stack, which has to make the role, too.
        if role_arn.endswith(f":role/{name}") and iam._roles.get_scoped(account, None, name) is None:
            iam._roles.set_scoped(account, None, name, role(role_arn, name))
    return answer


def role(arn, name):
    return {
        "RoleName": name,
        "Arn": arn,
        "RoleId": iam._gen_id("AROA"),
        "CreateDate": iam._now(),
        "Path": "/",
        "AssumeRolePolicyDocument": json.dumps(TRUST),
        "Description": DESCRIPTION,
        "MaxSessionDuration": 3600,
        "PermissionsBoundary": "",
        "AttachedPolicies": ["arn:aws:iam::aws:policy/AdministratorAccess"],
        "InlinePolicies": {},
        "Tags": [],
    }


def install():
    sts._assumed_role_arn = assumed_role_arn
