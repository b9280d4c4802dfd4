import { checkAccount, iamArn, REGION } from "../core/account";
import type { Faults } from "../core/faults";
import { checkClusterNetwork } from "../kubernetes/cluster-network";
import { checkKubernetesMinor, checkName } from "../kubernetes/namespace-name";
import type { PlatformContract } from "./contract";

/** Adds what is wrong with the values of a contract that has the right shape. A file can be edited by hand. */
export function checkContractValues(faults: Faults, contract: PlatformContract): void {
  const { account, cluster, network, identity, state, parameters } = contract;
  checkAccount(faults, "account", account);
  checkKubernetesMinor(faults, "cluster.kubernetesVersion", cluster.kubernetesVersion);
  faults.check(network.cidrBlocks.length > 0, "network.cidrBlocks", "must name at least one range", network.cidrBlocks);
  checkClusterNetwork(faults, network.traffic, (name) => `network.traffic.${name}`);
  for (const name of Object.keys(contract.namespaces)) checkName(faults, `namespaces.${name}`, name);

  const inAccount = (kind: "role" | "policy") => iamArn(account, `${kind}/`);
  checkBegins(faults, "identity.deployRoleArn", identity.deployRoleArn, inAccount("role"));
  const { podRoles } = identity;
  if (podRoles) {
    const slashes = "must begin and end with a slash";
    faults.matches("identity.podRoles.iamPath", podRoles.iamPath, /^\/([\x21-\x7e]+\/)?$/, slashes);
    const boundary = "identity.podRoles.permissionsBoundaryArn";
    checkBegins(faults, boundary, podRoles.permissionsBoundaryArn, inAccount("policy"));
  }
  if (state) {
    const rule = "must end with a slash, and not begin with one";
    faults
      .matches("state.region", state.region, REGION, "must be an AWS region")
      .matches("state.keyPrefix", state.keyPrefix, /^[^/].*\/$/, rule);
  }
  for (const [name, value] of Object.entries(parameters))
    faults.matches(`parameters.${name}`, value, /^\/\S+$/, "must begin with a slash");
}

function checkBegins(faults: Faults, property: string, value: string, start: string): void {
  const holds = value.startsWith(start) && value.length > start.length;
  faults.check(holds, property, `must begin with ${start}`, value);
}
