"""MiniStack, with an EKS that remembers what it was told and leads to a Kubernetes that is there.

MiniStack answers every AWS service but EC2 (moto does that one). What its EKS and its service-linked roles lack is added
here, by replacing functions of the running program; nothing of MiniStack is changed on disk.

Environment (besides MiniStack's own GATEWAY_PORT and BIND_HOST):
  AWS_ENDPOINT_URL_EC2  the EC2 emulator, asked for VPCs and cluster security groups
  CLUSTER_BACKEND       "loopback": clusters lead to the control plane below; "k3s": MiniStack starts a container for
                        each; "none": the EKS API answers and there is no Kubernetes behind it
  CLUSTER_NAME, CLUSTER_ENDPOINT, CLUSTER_CA, CLUSTER_TOKEN, CLUSTER_ADMIN_CERT, CLUSTER_ADMIN_KEY
                        the control plane: the cluster whose logins it takes, its address, CA file, the secret in the
                        URL of its login webhook, the administrator's files
"""

import os
import sys

# Loopback only. The listeners for IoT and SFTP do not follow BIND_HOST, and would take every interface.
os.environ.update(BIND_HOST="127.0.0.1", SFTP_HOST="127.0.0.1", IOT_MTLS_ENABLED="0")

from hypercorn.config import Config  # noqa: E402

import eks_answers  # noqa: E402
import eks_logins  # noqa: E402
import eks_updates  # noqa: E402
import service_linked_roles  # noqa: E402
from ministack.app import main  # noqa: E402

# A connection that is closed for idleness just as a request goes out makes the client send it again: a lock then meets itself.
Config.keep_alive_timeout = 600

backend = os.environ.get("CLUSTER_BACKEND", "none")
eks_answers.install(keep_docker=backend == "k3s")
eks_updates.install()
service_linked_roles.install()
if backend == "loopback":
    eks_logins.install()

sys.argv = ["ministack"]
main()
