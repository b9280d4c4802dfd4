import { DataAwsSsmParameter } from "@cdktf/provider-aws/lib/data-aws-ssm-parameter";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import type { ApplicationEnvironment } from "../application/application-props";
import { awsProvider } from "../core/aws-provider";
import { Faults } from "../core/faults";
import { nearest } from "../core/nearest";
import { applyTags } from "../core/tags";
import { ValidationError } from "../core/validation-error";
import type { ICluster } from "../eks/cluster-interface";
import type { IKey } from "../kms/key";
import type { ClusterNetwork } from "../kubernetes/cluster-network";
import { ClusterProviders } from "../kubernetes/providers";
import { requireTerraform } from "../state/required-terraform";
import type { IVpc } from "../vpc/vpc-interface";
import { validContract } from "./check-contract";
import { beyondGrant } from "./check-granted";
import type { PlatformContract } from "./contract";
import { checkContractState, type StateOptions, useContractState } from "./contract-state";
import { deepFrozen } from "./deep-frozen";
import { GrantedNamespace } from "./granted-namespace";
import { livePlatform } from "./live-facts";
import { planCheck } from "./plan-check";
import { checkLookup } from "./platform-checks";
import { checkAwsProvider, defaultAwsProvider } from "./platform-provider";
import { readContract } from "./read-contract";
import { contractFile, renewCommand, renewCommandOf } from "./renew-command";

/** Which contract. */
export interface PlatformLookup {
  /** Name of the environment, as the platform calls it. */
  readonly environment: string;
  /**
   * The contract's file, from the folder that synth runs in.
   *
   * @default - `contracts/<environment>.json`
   */
  readonly file?: string;
  /**
   * Account that the contract must be of. Twelve digits.
   *
   * @default - the one of the contract
   */
  readonly accountId?: string;
  /**
   * Region that the contract must be of.
   *
   * @default - the one of the contract
   */
  readonly region?: string;
}

/** A contract that is at hand. */
export interface PlatformProps {
  readonly contract: PlatformContract;
  /**
   * Where the contract lies, for messages.
   *
   * @default - `contracts/<environment>.json`
   */
  readonly file?: string;
}

/**
 * A platform of another repository, as a team uses it: the cluster, the network and the namespaces that were granted, by a contract that lies
 * in the team's repository. Synth asks nobody. Every plan compares the contract with what the platform publishes, and stops with a list of
 * what changed; that the cluster has another version of Kubernetes, or the network more ranges and zones, is a warning.
 *
 * Makes the stack's AWS provider, with the role that was given to the team, unless there is one; tags what the stack makes; with the first
 * namespace also the kubernetes and helm providers. Creates nothing by itself: it reads `aws_ssm_parameter` twice.
 *
 * Synth fails for what an apply would be refused: anything in the cluster outside the granted namespaces, a kind that the team's role may not
 * write, a network policy or a role without the grant, a role outside its bounds, and with the AWS provider that is made here whatever is
 * no role of pods.
 *
 * @throws {ValidationError} if the contract is not there, broken, of another major version, environment, account or region; if the stack
 * has a Platform already, or an AWS provider that leads elsewhere
 * @example
 * const platform = Platform.fromLookup(this, "platform", { environment: "staging" });
 * platform.useState();
 * const genomics = platform.namespace("genomics");
 * genomics.allow({ from: "load-balancer", ports: [8000] });
 * new HelmRelease(this, "Variants", { releaseName: "variants", namespace: genomics, chart: { path: "charts/variants" } });
 */
export class Platform extends Construct {
  /** The platform whose contract lies in a file. */
  static fromLookup(scope: Construct, id: string, lookup: PlatformLookup): Platform {
    const path = `${scope.node.path}/${id}`;
    checkLookup(path, lookup);
    const { environment, file = contractFile(environment) } = lookup;
    return new Platform(scope, id, { contract: readContract(file, lookup, path), file });
  }

  /** The platform whose contract is at hand, as in tests. */
  static fromContract(scope: Construct, id: string, contract: PlatformContract): Platform {
    return new Platform(scope, id, { contract });
  }

  /** As it was given; it cannot be changed. */
  readonly contract: PlatformContract;
  /** Roles that are made for its pods get the path and the boundary that the contract asks for. */
  readonly cluster: ICluster;
  readonly vpc: IVpc;
  /** Key of the environment's data. The team's roles can use it as far as the key's policy lets them. */
  readonly dataKey: IKey;
  /** For `Application`. */
  readonly environment: ApplicationEnvironment;
  private readonly network: ClusterNetwork;

  constructor(scope: Construct, id: string, props: PlatformProps) {
    super(scope, id);
    const stack = TerraformStack.of(this);
    const { contract, file } = this.check(stack, props);
    const { account, identity, parameters, environment, team } = contract;

    this.contract = contract;
    requireTerraform(stack);
    const ownsProvider = defaultAwsProvider(stack) === undefined;
    if (ownsProvider) awsProvider(this, "Aws", { account, roleArn: identity.deployRoleArn });
    applyTags(stack, { ...contract.tags, Team: team });
    const renew = renewCommand({ environment, team, region: account.region, file });
    const published = new DataAwsSsmParameter(this, "Contract", { name: parameters.contract });
    const live = new DataAwsSsmParameter(this, "Live", {
      name: parameters.live,
      lifecycle: { precondition: [planCheck(this, { contract, file, renew, published })] },
    });
    const { cluster, vpc, dataKey } = livePlatform(this, contract, live.insecureValue);
    this.cluster = cluster;
    this.vpc = vpc;
    this.dataKey = dataKey;
    // Without the nodes' group: the team's role changes no security group, so a database's group is opened by the platform.
    this.network = { ...contract.network.traffic };
    const { stage, domain, removal } = contract;
    const { kubernetesVersion } = cluster;
    this.environment = { stage, domain, kubernetesVersion, network: this.network, cluster, removal };
    this.node.addValidation({ validate: () => beyondGrant(stack, contract, ownsProvider) });
  }

  /**
   * A namespace that was granted to the team. The first one makes the kubernetes and helm providers.
   *
   * @throws {ValidationError} if it was not granted
   */
  namespace(namespaceName: string): GrantedNamespace {
    const { namespaces, identity, team, cluster } = this.contract;
    const facts = Object.hasOwn(namespaces, namespaceName) ? namespaces[namespaceName] : undefined;
    if (!facts) {
      const granted = Object.keys(namespaces);
      const near = typeof namespaceName === "string" ? nearest(namespaceName, granted) : undefined;
      const fix = near === undefined ? "ask the platform to grant it" : `use ${JSON.stringify(near)}`;
      const rule = `must be a namespace granted to ${team} (${granted.join(", ") || "none"})`;
      throw new ValidationError(this.node.path, [
        { property: "namespaceName", rule, value: namespaceName ?? null, fix },
      ]);
    }
    const id = `Namespace-${namespaceName}`;
    const known = this.node.tryFindChild(id);
    if (known) return known as GrantedNamespace;
    if (!this.node.tryFindChild("Providers"))
      new ClusterProviders(this, "Providers", { cluster: this.cluster, roleArn: identity.deployRoleArn });
    return new GrantedNamespace(this, id, {
      namespaceName,
      facts,
      granted: Object.keys(namespaces),
      kubernetesVersion: cluster.kubernetesVersion,
      network: this.network,
      networkPolicies: identity.networkPolicies,
      removal: this.contract.removal,
    });
  }

  /**
   * Keeps the stack's state in the environment's state store, under the team's own prefix: encrypted, and locked by a file beside it.
   *
   * @throws {ValidationError} if the contract has no place for states, the stack has a backend already, or the name breaks the rules
   */
  useState(options: StateOptions = {}): void {
    const stack = TerraformStack.of(this);
    const faults = new Faults(this.node.path);
    checkContractState(faults, this.contract, stack, options);
    faults.throwIfAny();
    useContractState(this.contract, stack, options);
  }

  private check(stack: TerraformStack, props: PlatformProps): Required<PlatformProps> {
    const { contract: given, ...others }: Partial<PlatformProps> = { ...props };
    const environment = typeof given?.environment === "string" ? given.environment : "<environment>";
    const { file = contractFile(environment) } = others;
    const faults = new Faults(this.node.path);
    const asObject = "use Platform.fromLookup for a file, or JSON.parse for its text";
    faults
      .check(typeof file === "string" && file !== "", "file", "must be text that is not empty", file)
      .check(typeof given !== "string", "contract", "must be an object, not text", undefined, asObject)
      .throwIfAny();
    const contract = validContract(given, this.node.path, renewCommandOf(given, { environment, file }));
    const other = stack.node.findAll().find((node) => node instanceof Platform && node !== this);
    const fix = "hand that one on, or use a stack for each";
    faults.check(other === undefined, "platform", "must be the only Platform of its stack", other?.node.path, fix);
    const provider = defaultAwsProvider(stack);
    if (!other && provider) checkAwsProvider(faults, provider, contract.account);
    faults.throwIfAny();
    return { contract: deepFrozen(contract), file };
  }
}
