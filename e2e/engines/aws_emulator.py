"""MiniStack, with an EKS that remembers what it was told and leads to a Kubernetes that is there.

MiniStack answers every AWS service but EC2 (moto does that one, and asks nobody for permission). What its EKS, its IAM and
its service-linked roles lack is added here, by replacing functions of the running program; nothing of MiniStack is changed
on disk.

Environment (besides MiniStack's own GATEWAY_PORT and BIND_HOST):
  AWS_ENDPOINT_URL_EC2  the EC2 emulator, asked for VPCs and cluster security groups
  CLUSTER_BACKEND       "loopback": clusters lead to the control plane below; "k3s": MiniStack starts a container for
                        each; "none": the EKS API answers and there is no Kubernetes behind it
  UNKNOWN_ROLES         "administrators": with AUTH=true, roles that no stack made can be assumed; left out: they cannot
  CLUSTER_NAME, CLUSTER_ENDPOINT, CLUSTER_CA, CLUSTER_TOKEN, CLUSTER_ADMIN_CERT, CLUSTER_ADMIN_KEY
                        the control plane: the cluster whose logins it takes, its address, CA file, the secret in the
                        URL of its login webhook, the administrator's files
"""

import asyncio
import os
import sys

# Loopback only. The listeners for IoT and SFTP do not follow BIND_HOST, and would take every interface.
os.environ.update(BIND_HOST="127.0.0.1", SFTP_HOST="127.0.0.1", IOT_MTLS_ENABLED="0")

import account_roles  # noqa: E402
import eks_answers  # noqa: E402
import eks_logins  # noqa: E402
import eks_updates  # noqa: E402
import iam_evaluation  # noqa: E402
import service_linked_roles  # noqa: E402
import ministack.app  # noqa: E402

gateway = ministack.app.app


async def with_latency(scope, receive, send):
    """Answers a little later, as a network does.

    On loopback an answer can be there before the client's writer says that the question is out. The HTTP client of the AWS
    SDK for Go then now and then drops the connection and asks again: a lock that was written meets itself.
    """

    async def later(message):
        if message["type"] == "http.response.start":
            await asyncio.sleep(0.01)
        await send(message)

    await gateway(scope, receive, later)


ministack.app.app = with_latency

backend = os.environ.get("CLUSTER_BACKEND", "none")
eks_answers.install(keep_docker=backend == "k3s")
eks_updates.install()
service_linked_roles.install()
iam_evaluation.install()
if os.environ.get("UNKNOWN_ROLES") == "administrators":
    account_roles.install()
if backend == "loopback":
    eks_logins.install()

sys.argv = ["ministack"]
ministack.app.main()
