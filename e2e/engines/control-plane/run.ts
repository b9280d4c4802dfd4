import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import type { ClusterEndpoint } from "../aws";
import { type Log, makeRunFolder, runFolder } from "../folders";
import { isAlive, startProcess } from "../processes";
import { answers, freePorts, waitFor } from "../waiting";
import { KubernetesApi } from "./api-client";
import { stagesFile } from "./binaries";
import { type Certificates, makeCertificates } from "./certificates";
import { adminKubeconfig, webhookKubeconfig } from "./kubeconfigs";
import { makeNodes, nodeAnnotation } from "./nodes";

/** What is settled before anything runs: the EKS emulator has to know it, and the API server has to know the emulator. */
export interface PreparedControlPlane {
  readonly endpoint: ClusterEndpoint;
  readonly certificates: Certificates;
  readonly kubeconfig: string;
  /** Where its certificates, records, logs and data lie. */
  readonly runFolder: string;
}

export async function prepareControlPlane(clusterName: string, folder = runFolder): Promise<PreparedControlPlane> {
  const certificates = await makeCertificates(makeRunFolder(folder));
  const [port = 0] = await freePorts(1);
  const address = `https://127.0.0.1:${port}`;
  return {
    certificates,
    runFolder: folder,
    kubeconfig: adminKubeconfig(folder, address, certificates),
    endpoint: {
      clusterName,
      address,
      token: randomBytes(24).toString("hex"),
      ca: certificates.ca,
      adminCertificate: certificates.admin.certificate,
      adminKey: certificates.admin.key,
    },
  };
}

/** The EKS emulator, as the API server asks it. */
export interface LoginEmulator {
  /** Address of the emulator. */
  readonly gateway: string;
  readonly accountId: string;
}

export interface RunOptions {
  /** Folder of the programs. */
  readonly folder: string;
  readonly prepared: PreparedControlPlane;
  /** Who decides about logins with tokens of an AWS account. @default - nobody: only certificates and service accounts get in */
  readonly logins?: LoginEmulator;
  readonly region: string;
  readonly log: Log;
}

/** Starts etcd, the API server, the controllers, the scheduler and kwok, and waits until two nodes are Ready. */
export async function runControlPlane(options: RunOptions): Promise<void> {
  const { prepared, folder } = options;
  const own = { folder: prepared.runFolder };
  const program = (name: string) => join(folder, name);
  const api = new KubernetesApi(prepared.endpoint.address, prepared.certificates);
  const etcdAddress = await startEtcd(program("etcd"), prepared.runFolder);

  const server = await startProcess({
    ...own,
    name: "kube-apiserver",
    command: program("kube-apiserver"),
    args: apiServerFlags(options, etcdAddress),
  });
  await waitFor(() => api.isReady(), {
    seconds: 90,
    what: "API server",
    log: server.log,
    alive: () => isAlive(server),
  });

  const asAdmin = [`--kubeconfig=${prepared.kubeconfig}`, "--leader-elect=false", "--bind-address=127.0.0.1"];
  const [controllersPort, schedulerPort] = await freePorts(2);
  const controllers = await startProcess({
    ...own,
    name: "kube-controller-manager",
    command: program("kube-controller-manager"),
    args: [
      ...asAdmin,
      `--secure-port=${controllersPort}`,
      `--root-ca-file=${prepared.certificates.ca}`,
      `--service-account-private-key-file=${prepared.certificates.serviceAccounts.key}`,
      "--use-service-account-credentials=true",
    ],
  });
  const scheduler = await startProcess({
    ...own,
    name: "kube-scheduler",
    command: program("kube-scheduler"),
    args: [...asAdmin, `--secure-port=${schedulerPort}`],
  });
  const kwok = await startProcess({
    ...own,
    name: "kwok",
    command: program("kwok"),
    args: [
      `--kubeconfig=${prepared.kubeconfig}`,
      `--config=${join(folder, stagesFile)}`,
      `--config=${join(__dirname, "ending-pods.yaml")}`,
      "--manage-all-nodes=false",
      `--manage-nodes-with-annotation-selector=${nodeAnnotation}`,
      "--server-address=127.0.0.1:0",
    ],
  });

  const nodes = await makeNodes(api, options.region);
  for (const node of nodes) {
    const what = `node ${node}`;
    await waitFor(() => api.nodeIsReady(node), { seconds: 60, what, log: kwok.log, alive: () => isAlive(kwok) });
  }
  // Pods need the account that the controllers make; with it there, they work.
  await waitFor(() => api.isReady("/api/v1/namespaces/default/serviceaccounts/default"), {
    seconds: 60,
    what: "controllers",
    log: controllers.log,
    alive: () => isAlive(controllers) && isAlive(scheduler),
  });
  options.log(`Kubernetes answers on ${prepared.endpoint.address}`);
}

async function startEtcd(command: string, folder: string): Promise<string> {
  const data = join(folder, "etcd");
  rmSync(data, { recursive: true, force: true });
  const [clientPort, peerPort] = await freePorts(2);
  const client = `http://127.0.0.1:${clientPort}`;
  const peer = `http://127.0.0.1:${peerPort}`;
  const etcd = await startProcess({
    name: "etcd",
    folder,
    command,
    args: [
      `--data-dir=${data}`,
      `--listen-client-urls=${client}`,
      `--advertise-client-urls=${client}`,
      `--listen-peer-urls=${peer}`,
      `--initial-advertise-peer-urls=${peer}`,
      `--initial-cluster=default=${peer}`,
      "--unsafe-no-fsync",
    ],
  });
  const alive = () => isAlive(etcd);
  await waitFor(() => answers(`${client}/health`), { seconds: 30, what: "etcd", log: etcd.log, alive });
  return client;
}

function apiServerFlags(options: RunOptions, etcdAddress: string): string[] {
  const { certificates, endpoint } = options.prepared;
  return [
    `--etcd-servers=${etcdAddress}`,
    "--bind-address=127.0.0.1",
    "--advertise-address=127.0.0.1",
    `--secure-port=${new URL(endpoint.address).port}`,
    // Nothing in this cluster could reach a loopback address through the service `kubernetes`.
    "--endpoint-reconciler-type=none",
    `--tls-cert-file=${certificates.server.certificate}`,
    `--tls-private-key-file=${certificates.server.key}`,
    `--client-ca-file=${certificates.ca}`,
    "--authorization-mode=Node,RBAC",
    "--enable-admission-plugins=NodeRestriction",
    ...loginFlags(options),
    "--service-account-issuer=https://kubernetes.default.svc",
    `--service-account-key-file=${certificates.serviceAccounts.publicKey}`,
    `--service-account-signing-key-file=${certificates.serviceAccounts.key}`,
    "--service-cluster-ip-range=10.96.0.0/16",
    "--allow-privileged=true",
  ];
}

function loginFlags({ logins, region, prepared }: RunOptions): string[] {
  if (logins === undefined) {
    return [];
  }
  const { clusterName, token } = prepared.endpoint;
  const url = `${logins.gateway}/_ministack/eks-auth/${logins.accountId}/${region}/${clusterName}/${token}`;
  return [
    `--authentication-token-webhook-config-file=${webhookKubeconfig(prepared.runFolder, url)}`,
    "--authentication-token-webhook-version=v1",
    "--authentication-token-webhook-cache-ttl=5s",
  ];
}
