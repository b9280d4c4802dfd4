import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Environment, type Log, makeRunFolder } from "./folders";
import { isAlive, startProcess } from "./processes";
import { emulatorPython } from "./python";
import { answers, freePorts, waitFor } from "./waiting";

/** The loopback control plane, as the EKS emulator has to know it. All but the address and the token are files. */
export interface ClusterEndpoint {
  readonly clusterName: string;
  readonly address: string;
  readonly token: string;
  readonly ca: string;
  readonly adminCertificate: string;
  readonly adminKey: string;
}

export interface AwsOptions {
  readonly accountId: string;
  readonly region: string;
  /** What is behind EKS clusters: the control plane given, a container each, or (when left out) nothing. */
  readonly cluster?: ClusterEndpoint | "k3s";
  readonly log: Log;
}

export interface Aws {
  /** Address of MiniStack: every service but EC2, and the login webhook. */
  readonly gateway: string;
  /** Address of moto: EC2. */
  readonly ec2: string;
  /** Points Terraform, its backend, the AWS CLI and every SDK at the emulators, and away from any real account. */
  readonly env: Environment;
}

/** Starts both emulators on free loopback ports and waits until they answer. */
export async function startAws(options: AwsOptions): Promise<Aws> {
  if (!/^\d{12}$/.test(options.accountId)) {
    throw new Error(`an AWS account id has twelve digits: ${options.accountId}`);
  }
  const python = await emulatorPython(options.log);
  const [gatewayPort = 0, ec2Port = 0] = await freePorts(2);
  const gateway = `http://127.0.0.1:${gatewayPort}`;
  const ec2 = `http://127.0.0.1:${ec2Port}`;
  const runFolder = makeRunFolder();
  const own = { ...nothingOfTheUser(), AWS_SECRET_ACCESS_KEY: "test", TMPDIR: runFolder, PYTHONDONTWRITEBYTECODE: "1" };

  const moto = await startProcess({
    name: "ec2-emulator",
    command: python,
    args: [join(__dirname, "ec2_emulator.py"), "-H", "127.0.0.1", "-p", String(ec2Port)],
    env: { ...own, MOTO_ACCOUNT_ID: options.accountId },
  });
  const ministack = await startProcess({
    name: "aws-emulator",
    command: python,
    args: [join(__dirname, "aws_emulator.py")],
    env: {
      ...own,
      // Signatures are verified and policies are evaluated; the key of the account itself may do everything.
      AUTH: "true",
      AWS_ENDPOINT_URL_EC2: ec2,
      GATEWAY_PORT: String(gatewayPort),
      MINISTACK_ACCOUNT_ID: options.accountId,
      MINISTACK_HOST: "127.0.0.1",
      MINISTACK_REGION: options.region,
      UNKNOWN_ROLES: "administrators",
      ...clusterVariables(options.cluster),
    },
  });
  const bound = { seconds: 60 };
  await Promise.all([
    waitFor(() => answers(`${ec2}/moto-api/data.json`), {
      ...bound,
      what: "EC2 emulator (moto)",
      log: moto.log,
      alive: () => isAlive(moto),
    }),
    waitFor(() => answers(`${gateway}/_ministack/health`), {
      ...bound,
      what: "AWS emulator (MiniStack)",
      log: ministack.log,
      alive: () => isAlive(ministack),
    }),
  ]);
  return { gateway, ec2, env: awsEnvironment(gateway, ec2, options) };
}

function clusterVariables(cluster: AwsOptions["cluster"]): Environment {
  if (cluster === undefined || cluster === "k3s") {
    return { CLUSTER_BACKEND: cluster ?? "none" };
  }
  return {
    CLUSTER_BACKEND: "loopback",
    CLUSTER_NAME: cluster.clusterName,
    CLUSTER_ENDPOINT: cluster.address,
    CLUSTER_CA: cluster.ca,
    CLUSTER_TOKEN: cluster.token,
    CLUSTER_ADMIN_CERT: cluster.adminCertificate,
    CLUSTER_ADMIN_KEY: cluster.adminKey,
  };
}

/** Every AWS variable of the user goes: a profile, a session or the endpoint of one service must not lead elsewhere. */
function nothingOfTheUser(): Environment {
  const theirs = Object.keys(process.env).filter((name) => name.startsWith("AWS_") && name !== "AWS_CA_BUNDLE");
  const proxies = [process.env.NO_PROXY ?? process.env.no_proxy, "127.0.0.1"].filter((part) => part).join(",");
  return {
    ...Object.fromEntries(theirs.map((name) => [name, undefined])),
    AWS_PROFILE: undefined,
    AWS_SESSION_TOKEN: undefined,
    NO_PROXY: proxies,
    no_proxy: proxies,
  };
}

function awsEnvironment(gateway: string, ec2: string, options: AwsOptions): Environment {
  const empty = join(makeRunFolder(), "aws-config");
  writeFileSync(empty, "");
  return {
    ...nothingOfTheUser(),
    AWS_ENDPOINT_URL: gateway,
    AWS_ENDPOINT_URL_EC2: ec2,
    // Twelve digits select the account in MiniStack, so `allowed_account_ids` stays as it is in the stack.
    AWS_ACCESS_KEY_ID: options.accountId,
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_REGION: options.region,
    AWS_DEFAULT_REGION: options.region,
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_CONFIG_FILE: empty,
    AWS_SHARED_CREDENTIALS_FILE: empty,
  };
}
