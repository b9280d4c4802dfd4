import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { Application } from "../lib/application/application";
import type { ApplicationEnvironment } from "../lib/application/application-props";
import { inOrder } from "../lib/environment/check-releases";
import type { InClusterConfig } from "../lib/environment/in-cluster-config";
import { allNamespaces, namespaceOf } from "../lib/environment/namespace-names";
import type { TrafficConfig } from "../lib/environment/traffic-config";
import { HelmRelease } from "../lib/helm/helm-release";
import { TeamAdmission } from "../lib/helm/team-admission";
import { Namespace } from "../lib/kubernetes/namespace";
import type { INamespace } from "../lib/kubernetes/namespace-interface";
import { PriorityClass } from "../lib/kubernetes/priority-class";
import { Secret } from "../lib/kubernetes/secret";
import { Team } from "../lib/kubernetes/team";
import type { TeamMember } from "../lib/kubernetes/team-props";
import type { Traffic } from "../lib/kubernetes/traffic";

/** What runs in a cluster, and the way into it. */
export interface InClusterProps {
  /** The cluster, as what runs in it sees it. */
  readonly environment: ApplicationEnvironment;
  readonly inCluster: InClusterConfig;
  /** Makes the providers, and what else this kind of cluster needs first. */
  readonly connect: (scope: Construct) => void;
  /**
   * Roles of the stack itself that are members of teams, by their ARNs.
   *
   * @default - none
   */
  readonly memberRoles?: ReadonlyMap<string, ITerraformDependable>;
  /**
   * Release that says what nobody may make in namespaces of teams; stacks that share a cluster need a name each.
   *
   * @default "team-admission"
   */
  readonly teamAdmissionName?: string;
}

/** Out of reach of every team, and in every cluster. */
const ADMISSION_NAMESPACE = "kube-system";
const ADMISSION_REASON = "what holds for namespaces of teams must lie where no team can write";

/** What runs in an environment's cluster, whatever kind of cluster it is. */
export class InCluster extends Construct {
  constructor(scope: Construct, id: string, props: InClusterProps) {
    super(scope, id);
    const { environment, inCluster, connect, memberRoles, teamAdmissionName = "team-admission" } = props;
    const { kubernetesVersion, network, cluster, removal } = environment;
    connect(this);
    for (const options of inCluster.priorityClasses ?? []) {
      new PriorityClass(this, `PriorityClass-${options.className}`, options);
    }

    const namespaces = new Map<string, Namespace>();
    for (const options of allNamespaces(inCluster, cluster !== undefined)) {
      const { namespaceName } = options;
      const props = { ...options, kubernetesVersion, network, removal };
      namespaces.set(namespaceName, new Namespace(this, `Namespace-${namespaceName}`, props));
    }
    const named = (name: string) => find(namespaces, name);
    for (const { namespace, ...options } of inCluster.secrets ?? []) {
      const place = named(namespace);
      new Secret(place, `Secret-${options.secretName}`, { ...options, namespace: place });
    }
    for (const { namespaceName, allow = [] } of inCluster.namespaces) {
      for (const traffic of allow) named(namespaceName).allow(between(traffic, named));
    }
    const { teams = [] } = inCluster;
    if (teams.length > 0) {
      new TeamAdmission(this, "TeamAdmission", {
        releaseName: teamAdmissionName,
        namespace: this.systemNamespace(ADMISSION_NAMESPACE, kubernetesVersion),
        systemNamespaceReason: ADMISSION_REASON,
        namespaces: [...new Set(teams.flatMap(({ namespaces: own }) => own))].map(named),
        removal,
      });
    }
    for (const team of teams) {
      const members = team.members?.map((member) => ({ ...member, after: roleOf(member, memberRoles) }));
      new Team(this, `Team-${team.teamName}`, { ...team, cluster, members, namespaces: team.namespaces.map(named) });
    }

    const releases = new Map<string, HelmRelease>();
    for (const { name, releaseName = name, after = [], ...options } of inOrder(inCluster.releases)) {
      const namespace = namespaces.get(options.namespace) ?? this.systemNamespace(options.namespace, kubernetesVersion);
      const before = after.map((each) => find(releases, each));
      const props = { ...options, releaseName, namespace, after: before, removal };
      releases.set(`${options.namespace}/${name}`, new HelmRelease(namespace, `Release-${name}`, props));
    }
    for (const config of inCluster.applications ?? []) {
      const { namespace: _, namespaceName: __, quota: ___, ...options } = config;
      new Application(this, `Application-${config.applicationName}`, {
        ...options,
        environment,
        namespace: named(namespaceOf(config)),
        allow: config.allow?.map((traffic) => between(traffic, named)),
        after: config.after?.map((each) => find(releases, each)),
      });
    }
  }

  /** A namespace of Kubernetes itself, which enforces nothing. The records are checked before: a release there says why. */
  private systemNamespace(namespaceName: string, kubernetesVersion: string): INamespace {
    const id = `Namespace-${namespaceName}`;
    const known = this.node.tryFindChild(id) as INamespace | undefined;
    return known ?? Namespace.fromName(this, id, { namespaceName, kubernetesVersion, podSecurityLevel: "privileged" });
  }
}

/** EKS lets a role in only once it is there. */
function roleOf(
  { principalArn }: TeamMember,
  memberRoles: InClusterProps["memberRoles"],
): ITerraformDependable[] | undefined {
  const role = principalArn === undefined ? undefined : memberRoles?.get(principalArn);
  return role && [role];
}

/** The traffic of a record, with the namespaces themselves. */
function between(traffic: TrafficConfig, named: (name: string) => INamespace): Traffic<INamespace> {
  const peer = <P>(end: P) =>
    typeof end === "object" && end && "namespace" in end ? named(String(end.namespace)) : end;
  if (traffic.within) return traffic;
  const ends = traffic.to ? { to: peer(traffic.to) } : { from: peer(traffic.from) };
  return { ...traffic, ...ends } as Traffic<INamespace>;
}

/** The records are checked before: what they name is there. */
function find<T>(known: ReadonlyMap<string, T>, name: string): T {
  const found = known.get(name);
  if (!found) throw new Error(`${name} is not there`);
  return found;
}
