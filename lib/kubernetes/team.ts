import { EksAccessEntry } from "@cdktf/provider-aws/lib/eks-access-entry";
import { Construct } from "constructs";
import { Faults } from "../core/faults";
import { applyTags } from "../core/tags";
import { ValidationError } from "../core/validation-error";
import { AccessEntry } from "../eks/access-entry";
import type { ICluster } from "../eks/cluster-interface";
import { BoundRole, type Subject } from "./bound-role";
import type { RoleRule } from "./role-rules";
import { ServiceAccount } from "./service-account";
import { checkSameStack, checkStack, othersInStack } from "./stack-check";
import { checkAfter, checkTeam } from "./team-checks";
import type { TeamMember, TeamMemberProps, TeamProps, TeamRole } from "./team-props";
import { isTeamRole, teamGroup, teamRules } from "./team-roles";

/**
 * People and pipelines that share some namespaces of a cluster: what they may do there, how they get in, what their pods run as, and which
 * tags carry their cost. A team never gets nodes, namespaces or the cluster.
 *
 * Creates in each namespace a `kubernetes_role_v1` and a `kubernetes_role_binding_v1` for every role that a member has, and the service
 * accounts; in AWS an `aws_eks_access_entry` for each principal, and a role for each service account with statements.
 *
 * @throws {ValidationError} if a name, a member, a rule or a tag is refused, or a namespace stands in another stack. Synth fails if a principal
 * has another access entry in the stack, or the cluster another team of the name.
 * @example
 * const genomics = new Team(this, "Team-genomics", {
 *   teamName: "genomics",
 *   cluster,
 *   namespaces: [genomicsNamespace, genomicsJobs],
 *   members: [{ principalArn: "arn:aws:iam::111122223333:role/GenomicsDeveloper", role: "edit" }],
 *   serviceAccounts: [{ namespace: "genomics", name: "api", statements: [] }],
 *   tags: { CostCenter: "genomics" },
 * });
 * dataKey.grantDecrypt(genomics.serviceAccount("genomics", "api").role);
 */
export class Team extends Construct {
  readonly teamName: string;
  /** Undefined outside AWS. */
  readonly cluster?: ICluster;
  readonly namespaceNames: readonly string[];
  private readonly ownRoles: ReadonlyMap<string, TeamRole>;
  private readonly accounts = new Map<string, ServiceAccount>();
  private readonly entries: readonly AccessEntry[];

  constructor(scope: Construct, id: string, props: TeamProps) {
    super(scope, id);
    const { teamName, cluster, namespaces, members = [], roles = {}, serviceAccounts = [], tags } = props;
    this.namespaceNames = namespaces.map(({ namespaceName }) => namespaceName);
    const faults = new Faults(this.node.path);
    checkTeam(faults, props, { namespaces: this.namespaceNames, onEks: cluster !== undefined });
    checkAfter(faults, members);
    for (const namespace of namespaces) checkSameStack(faults, "namespaces", this, namespace);
    faults.throwIfAny();

    this.teamName = teamName;
    this.cluster = cluster;
    this.ownRoles = new Map(Object.entries(structuredClone(roles)));

    const labels = { team: teamName };
    for (const namespace of namespaces) {
      const place = new Construct(this, `Namespace-${namespace.namespaceName}`);
      for (const role of distinct(members.map((member) => member.role))) {
        new BoundRole(place, `Role-${role}`, {
          namespace,
          roleName: teamGroup(teamName, role),
          rules: this.rulesFor(role),
          subjects: subjectsOf(teamName, role, members),
          labels,
        });
      }
      for (const account of serviceAccounts.filter((each) => each.namespace === namespace.namespaceName)) {
        const options = { ...account, namespace, cluster, labels };
        const made = new ServiceAccount(place, `ServiceAccount-${account.name}`, options);
        this.accounts.set(`${account.namespace}/${account.name}`, made);
      }
    }
    this.entries = cluster ? accessEntries(new Construct(this, "Access"), cluster, teamName, members) : [];
    applyTags(this, { Team: teamName, ...tags });
    checkStack(this, (stackFaults) => this.checkClashes(stackFaults));
  }

  /** What a role allows in each of the team's namespaces. */
  rulesFor(role: string): readonly RoleRule[] {
    if (isTeamRole(role)) return teamRules(role);
    const own = this.ownRoles.get(role);
    if (own) return structuredClone(own.rules);
    throw this.unknown("role", role);
  }

  /** A service account that the team was made with. */
  serviceAccount(namespace: string, name: string): ServiceAccount {
    const account = this.accounts.get(`${namespace}/${name}`);
    if (account) return account;
    throw this.unknown("serviceAccounts", `${namespace}/${name}`);
  }

  private unknown(property: string, value: string): ValidationError {
    return new ValidationError(this.node.path, [{ property, rule: "must be one that the team was made with", value }]);
  }

  private checkClashes(faults: Faults): void {
    for (const { principalArn, resource } of this.entries) {
      const groups = JSON.stringify(resource.kubernetesGroupsInput);
      const one = `put ${groups} and its other groups into one AccessEntry, and name groups as members`;
      const fix = `EKS takes one entry for each principal: ${one}`;
      const same = othersInStack(resource, EksAccessEntry).filter(
        (other) =>
          other.principalArnInput === resource.principalArnInput &&
          other.clusterNameInput === resource.clusterNameInput,
      );
      for (const { node } of same) {
        const path = node.path.replace(/\/Resource$/, "");
        faults.add("members", `must not have a principal that ${path} lets in`, principalArn, fix);
      }
    }
    for (const other of othersInStack(this, Team)) {
      const same = other.teamName === this.teamName && other.cluster?.clusterName === this.cluster?.clusterName;
      const rule = `must not be that of ${other.node.path}`;
      faults.check(!same, "teamName", rule, this.teamName, "their groups would be the same");
    }
  }
}

function accessEntries(
  scope: Construct,
  cluster: ICluster,
  teamName: string,
  members: readonly TeamMemberProps[],
): AccessEntry[] {
  const principals = distinct(members.flatMap(({ principalArn }) => principalArn ?? []));
  return principals.map((principalArn) => {
    const own = members.filter((member) => member.principalArn === principalArn);
    return new AccessEntry(scope, principalArn.replace(/^arn:[^:]*:iam::/, ""), {
      cluster,
      principalArn,
      kubernetesGroups: own.map(({ role }) => teamGroup(teamName, role)),
      after: distinct(own.flatMap(({ after = [] }) => after)),
    });
  });
}

/** Principals have the role through the team's group, which their access entry puts them in. */
function subjectsOf(teamName: string, role: string, members: readonly TeamMember[]): Subject[] {
  const having = members.filter((member) => member.role === role);
  const groups = having.map(({ principalArn, group }) => (principalArn ? teamGroup(teamName, role) : group));
  return [
    ...distinct(groups.flatMap((name) => name ?? [])).map((name) => ({ kind: "Group" as const, name })),
    ...having.flatMap(({ user }) => (user ? { kind: "User" as const, name: user } : [])),
  ];
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
