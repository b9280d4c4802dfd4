import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AskTool, ToolAnswer } from "./ask-tool";
import { awsProblem, oneLine } from "./aws-problem";
import { type Finding, fail, ok } from "./check";

/** What `aws eks describe-cluster` says of a cluster that is ACTIVE. */
export interface DescribedCluster {
  readonly name: string;
  readonly status: string;
  readonly version: string;
  readonly endpoint: string;
  readonly certificateAuthority: { readonly data: string };
  readonly resourcesVpcConfig: {
    readonly endpointPublicAccess?: boolean;
    readonly publicAccessCidrs?: readonly string[];
  };
}

/** Asks what the readiness gate asks, once, as Terraform will log in: same tools, same proxy, same identity. */
export async function checkLogin(
  ask: AskTool,
  cluster: DescribedCluster,
  loginArguments: readonly string[],
): Promise<Finding> {
  const credential = await ask("aws", loginArguments);
  if (credential.kind !== "ended") return fail("has no token: the AWS CLI gave no answer", "run the same again");
  if (credential.exitCode !== 0) {
    const { says, fix } = awsProblem(credential.errors, undefined);
    return fail(`has no token: ${says}`, fix);
  }
  const token = tokenIn(credential.output);
  if (!token) return fail('has no token: "aws eks get-token" answered something else', "install AWS CLI 2");
  return meaning(await get(ask, cluster, token), cluster, loginArguments);
}

function tokenIn(output: string): string | undefined {
  return /"token": *"([\w.-]+)"/.exec(output)?.[1];
}

/** The token goes to curl by its input: neither the list of processes nor a file has it. */
async function get(ask: AskTool, { endpoint, certificateAuthority }: DescribedCluster, token: string) {
  const folder = mkdtempSync(join(tmpdir(), "eks-platform-doctor-"));
  try {
    const authority = join(folder, "ca.crt");
    writeFileSync(authority, Buffer.from(certificateAuthority.data, "base64"));
    return await ask(
      "curl",
      [
        ...["--silent", "--show-error", "--output", "/dev/null", "--write-out", "%{http_code}", "--max-time", "10"],
        ...["--cacert", authority, "--config", "-", `${endpoint}/api/v1/namespaces/kube-system`],
      ],
      { input: `header = "Authorization: Bearer ${token}"\n` },
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** https://curl.se/libcurl/c/libcurl-errors.html */
const CERTIFICATE_TROUBLE = [51, 58, 60, 77];

function meaning(answer: ToolAnswer, cluster: DescribedCluster, loginArguments: readonly string[]): Finding {
  const { name, endpoint } = cluster;
  if (answer.kind !== "ended") return fail(`has no way to ${endpoint}`, wayIn(cluster));
  const said = oneLine(answer.errors);
  if (CERTIFICATE_TROUBLE.includes(answer.exitCode))
    return fail(
      `meets another server at ${endpoint} than the cluster: ${said}`,
      "see which proxy opens TLS on the way",
    );
  if (answer.exitCode !== 0) return fail(`has no way to ${endpoint}: ${said}`, wayIn(cluster));
  const who = loginArguments[loginArguments.indexOf("--role-arn") + 1];
  const login = loginArguments.includes("--role-arn") && who ? who : "this login";
  switch (answer.output) {
    case "200":
      return ok(`works at ${endpoint}`);
    case "401":
      return fail(
        `is refused (401): ${login} has no access entry`,
        `see "aws eks list-access-entries --cluster-name ${name}"; a new entry takes minutes to work`,
      );
    case "403":
      return fail(
        `works, and ${login} may not read the namespace kube-system (403)`,
        "give its access entry a policy, for example AmazonEKSClusterAdminPolicy",
      );
    default:
      return fail(`is answered ${answer.output} by ${endpoint}`, "see what stands between here and the cluster");
  }
}

function wayIn({ resourcesVpcConfig: { endpointPublicAccess, publicAccessCidrs = [] } }: DescribedCluster): string {
  if (!endpointPublicAccess)
    return "the endpoint is private: run this in a network with a route to the VPC (docs/cluster.md)";
  return `run this from one of ${publicAccessCidrs.join(", ")}, or from a network with a route to the VPC`;
}
