import { Aspects } from "cdktf";
import { Construct } from "constructs";
import { checkVariableFree } from "../core/ephemeral-variable";
import { Faults } from "../core/faults";
import { REMOVALS } from "../core/removal";
import { STAGES } from "../core/stage";
import { applyTags } from "../core/tags";
import type { ChartSource } from "../helm/chart-source";
import { CustomResources } from "../helm/custom-resources";
import { HelmRelease } from "../helm/helm-release";
import { comeAfter } from "../helm/release-order";
import type { HelmReleaseProps, IHelmRelease } from "../helm/release-props";
import { checkClusterNetwork } from "../kubernetes/cluster-network";
import { MANAGED_LABELS } from "../kubernetes/labels";
import { Namespace } from "../kubernetes/namespace";
import type { ITrafficNamespace } from "../kubernetes/namespace-interface";
import { checkKubernetesMinor } from "../kubernetes/namespace-name";
import { Secret } from "../kubernetes/secret";
import { ServiceAccount } from "../kubernetes/service-account";
import { checkSameStack, checkStack, othersInStack } from "../kubernetes/stack-check";
import { allowSentences } from "./allow-sentences";
import { type ApplicationChart, applicationChart } from "./application-chart";
import type { ApplicationEnvironment, ApplicationProps } from "./application-props";
import { sentencesOf } from "./application-traffic";
import { applicationValues } from "./application-values";
import { checkApplication } from "./check-application";
import { checkProps } from "./check-props";
import { checkDomain } from "./dns-name";
import { externalSecret } from "./external-secret";
import { ownNamespace } from "./own-namespace";
import { passwordSecret, type SecretKey } from "./password-source";

/**
 * An application in an environment: a namespace, an identity, the Secret with its database's password, the way to what it talks to, and its
 * release, which comes after all of that. A migration that runs before an upgrade finds all of it too. Another image tag is one changed line
 * in one changed resource.
 *
 * Creates `helm_release` and `kubernetes_service_account_v1`, a `kubernetes_network_policy_v1` for each direction of each sentence of its
 * traffic, and unless they are there already what `Namespace` and `Secret` make; with `statements` what `PodIdentity` makes, for an
 * `externalSecret` a second `helm_release`, for a database with a security group `aws_vpc_security_group_ingress_rule`.
 *
 * @throws {ValidationError} if an image moves where it must not, a host is outside the environment's domain, a password or another secret is
 * written out, a name, a number or traffic is refused, a value says again what a property says or is outside the chart's schema, or the
 * namespace is of another stack or one whose traffic must not be opened. Synth fails if the stack makes the Secret that an `externalSecret` writes
 * @example
 * const surveillance = new Application(this, "Application-surveillance", {
 *   environment: { stage: "staging", domain: "staging.example.com", kubernetesVersion: "1.35", network, cluster },
 *   applicationName: "surveillance",
 *   team: "epidemiology",
 *   image: { repository: "111122223333.dkr.ecr.eu-west-3.amazonaws.com/syndromic-surveillance-api", tag: "1.4.0" },
 *   host: "surveillance.staging.example.com",
 *   statements: [],
 * });
 * reportsKey.grantDecrypt(surveillance.serviceAccount.role);
 */
export class Application<C extends ChartSource = ApplicationChart> extends Construct implements IHelmRelease {
  readonly applicationName: string;
  readonly namespace: ITrafficNamespace;
  /** Its `role`, for grants, is there if the application has `statements`. */
  readonly serviceAccount: ServiceAccount;
  /** Where its pods read the database's password; undefined without a database. */
  readonly passwordSecret?: SecretKey;
  readonly release: HelmRelease;
  readonly releaseName: string;
  readonly identity: string;
  readonly resource: IHelmRelease["resource"];

  constructor(scope: Construct, id: string, given: ApplicationProps<C>) {
    super(scope, id);
    const props = given as unknown as ApplicationProps<ChartSource>;
    this.check(props);
    const { environment, applicationName, team, database, statements, timeoutSeconds, notSecret } = props;
    const { cluster, removal } = environment;

    this.applicationName = applicationName;
    this.namespace = props.namespace ?? this.makeNamespace(props);
    this.passwordSecret = database && passwordSecret(applicationName, database.password);
    const external = this.makePassword(props);
    this.serviceAccount = new ServiceAccount(this, "ServiceAccount", {
      namespace: this.namespace,
      name: applicationName,
      cluster,
      statements,
      labels: { team },
    });
    allowSentences(this.node.path, this.namespace, sentencesOf(props));

    const { values = [] } = props;
    const layers = Array.isArray(values) ? values : [values];
    this.release = new HelmRelease(this, "Release", {
      releaseName: applicationName,
      namespace: this.namespace,
      chart: applicationChart(props.chart),
      values: [applicationValues(props), ...layers],
      notSecret,
      timeoutSeconds,
      removal,
      after: [...(props.after ?? []), ...(external ? [external] : [])],
    } satisfies HelmReleaseProps);
    const { releaseName, identity, resource } = this.release;
    this.releaseName = releaseName;
    this.identity = identity;
    this.resource = resource;
    // Asked for at synth: what is granted later counts too.
    Aspects.of(this.release).add({
      visit: (node) => {
        if (node === this.release && statements) comeAfter(this.release.resource, this.serviceAccount.role.dependables);
      },
    });
    applyTags(this, { Team: team });
  }

  private check(props: ApplicationProps<ChartSource>): void {
    const faults = new Faults(this.node.path);
    checkProps(faults, props);
    faults.throwIfAny();
    const { environment, namespace, applicationName, database } = props;
    checkEnvironment(faults, environment);
    const { stage, domain, network = {}, cluster } = environment;
    // A namespace that is there has facts of its own.
    const facts = { stage, domain, onEks: cluster !== undefined, network: namespace ? undefined : network };
    checkApplication(faults, props, facts, (name) => name, "construct");
    if (namespace) {
      checkSameStack(faults, "namespace", this, namespace, "make the application in that stack");
      const other = othersInStack<Application<ChartSource>>(this, Application).find(
        (each) => each.namespace === namespace && each.applicationName === applicationName,
      );
      const rule = "must be the only one of its name in the namespace";
      faults.check(other === undefined, "applicationName", rule, applicationName, `${other?.node.path} has it`);
      checkMayOpen(faults, namespace);
    }
    faults.throwIfAny();
    const { password } = database ?? {};
    if (password && "variable" in password && password.variable !== undefined)
      checkVariableFree(faults, "database.password.variable", this, password.variable);
    faults.throwIfAny();
  }

  private makeNamespace(props: ApplicationProps<ChartSource>): Namespace {
    const { kubernetesVersion, network, removal, cluster } = props.environment;
    return new Namespace(this, "Namespace", {
      ...ownNamespace(props, cluster !== undefined),
      kubernetesVersion,
      network,
      removal,
    });
  }

  /** Makes the Secret of the password; answers the release that makes it, if it is one. A Secret that is there needs nothing. */
  private makePassword(props: ApplicationProps<ChartSource>): IHelmRelease | undefined {
    const { environment, applicationName, team, database, after } = props;
    if (!database || !this.passwordSecret) return undefined;
    const { namespace } = this;
    const { password } = database;
    const { secretName, key } = this.passwordSecret;
    if ("variable" in password && password.variable !== undefined) {
      const { variable, revision } = password;
      const labels = { team };
      new Secret(this, "Password", { namespace, secretName, variables: { [key]: variable }, revision, labels });
    }
    if (!("externalSecret" in password) || password.externalSecret === undefined) return undefined;
    const labels = { ...MANAGED_LABELS, team };
    const { releaseName, resource } = externalSecret(applicationName, this.passwordSecret, password, labels);
    const { removal } = environment;
    checkStack(this, (faults) => checkOnlyWriter(faults, this, secretName));
    return new CustomResources(this, "Password", { releaseName, namespace, resources: [resource], after, removal });
  }
}

/** Adds a fault if the namespace says that its traffic is not to be opened from here, as one that a platform granted to a team can. */
function checkMayOpen(faults: Faults, namespace: ITrafficNamespace): void {
  const { mayOpenTraffic = true, namespaceName } = namespace;
  const rule =
    "must let Application open the traffic of its own pods, which needs 'networkPolicies' in the team's contract";
  const fix = "ask the platform to grant it, or install the chart with HelmRelease, which opens nothing";
  faults.check(mayOpenTraffic, "namespace", rule, namespaceName, fix);
}

/** Adds a fault if the stack makes the Secret that External Secrets writes. */
function checkOnlyWriter(faults: Faults, application: Application<ChartSource>, secretName: string): void {
  const { namespaceName } = application.namespace;
  const other = othersInStack<Construct>(application, Secret).find(
    (each) => each instanceof Secret && each.namespaceName === namespaceName && each.secretName === secretName,
  );
  const rule = `must not be an externalSecret beside the Secret ${secretName} of ${other?.node.path}: each would write over the other`;
  faults.check(other === undefined, "database.password", rule, undefined, "name that Secret with { secretName }");
}

function checkEnvironment(
  faults: Faults,
  { stage, domain, kubernetesVersion, network = {}, removal }: ApplicationEnvironment,
): void {
  faults.oneOf("environment.stage", stage, STAGES);
  checkDomain(faults, "environment.domain", domain);
  checkKubernetesMinor(faults, "environment.kubernetesVersion", kubernetesVersion);
  checkClusterNetwork(faults, network, (name) => `environment.network.${name}`);
  faults.oneOf("environment.removal", removal, REMOVALS);
}
