"""Service-linked roles as IAM makes them: the names that other resources rely on, and only the description asked for.

MiniStack invents a description, which Terraform then wants to take away, and capitalises the service for a name, so that
`AWSServiceRoleForAutoScaling`, which key policies name, would never exist.
"""

from ministack.services import iam

NAMES = {
    "autoscaling.amazonaws.com": "AutoScaling",
    "eks.amazonaws.com": "AmazonEKS",
    "eks-nodegroup.amazonaws.com": "AmazonEKSNodegroup",
    "eks-fargate.amazonaws.com": "AmazonEKSForFargate",
    "elasticloadbalancing.amazonaws.com": "ElasticLoadBalancing",
    "spot.amazonaws.com": "EC2Spot",
}

_create = iam._create_service_linked_role


def name(params):
    service, suffix = iam._p(params, "AWSServiceName"), iam._p(params, "CustomSuffix")
    own = NAMES.get(service, service.split(".")[0].capitalize())
    return f"AWSServiceRoleFor{own}" + (f"_{suffix}" if suffix else "")


def create(params):
    made = f"AWSServiceRoleFor{iam._p(params, 'AWSServiceName').split('.')[0].capitalize()}"
    wanted = name(params)
    if wanted in iam._roles:
        message = f"Service role name {wanted} has been taken in this account, please try a different suffix."
        return iam._error(400, "InvalidInput", message, ns="iam")
    answer = _create(params)
    if answer[0] != 200:
        return answer
    role = iam._roles.pop(made)
    role.update(RoleName=wanted, Description=iam._p(params, "Description"))
    role["Arn"] = role["Arn"][: -len(made)] + wanted
    iam._roles[wanted] = role
    body = f"<CreateServiceLinkedRoleResult><Role>{iam._role_xml(wanted)}</Role></CreateServiceLinkedRoleResult>"
    return iam._xml(200, "CreateServiceLinkedRoleResponse", body, ns="iam")


def install():
    iam._create_service_linked_role = create
    for table in [value for value in vars(iam).values() if isinstance(value, dict)]:
        if table.get("CreateServiceLinkedRole") is _create:
            table["CreateServiceLinkedRole"] = create
