import { Faults } from "../core/faults";
import type { Stage } from "../core/stage";
import { checkStatements } from "../core/statement-checks";
import type { ClusterNetwork } from "../kubernetes/cluster-network";
import { isKnown } from "../kubernetes/known";
import { checkLabels } from "../kubernetes/labels";
import { checkNamespace } from "../kubernetes/namespace-checks";
import { checkNamespaceName, isSystemNamespace } from "../kubernetes/namespace-name";
import { trafficParts } from "../kubernetes/traffic";
import { checkFacts, checkTraffic, type PeerForm } from "../kubernetes/traffic-checks";
import type { ApplicationOptions } from "./application-props";
import { type ApplicationTraffic, INSTANCE_LABEL, sentencesOf } from "./application-traffic";
import { checkAs } from "./check-as";
import { checkDatabase } from "./check-database";
import { checkImage } from "./check-image";
import { checkValues } from "./check-values";
import { isDnsName, isWithin } from "./dns-name";

type Property = (name: string) => string;

const REPLICAS_MAX = 1000;
const PROD_MIN_REPLICAS = 2;

/** What there is to know of an environment to judge an application. */
export interface ApplicationFacts {
  readonly stage: Stage;
  /** @default - none: applications have no host */
  readonly domain?: string;
  /** Whether the cluster is one of EKS. */
  readonly onEks: boolean;
  /**
   * What traffic needs to know of the cluster.
   *
   * @default - looked at where the traffic is made
   */
  readonly network?: ClusterNetwork;
}

/** An application with where it stands: a namespace in code, or the name of one in a record. */
export interface PlacedApplication<Peer extends object> extends ApplicationTraffic<Peer> {
  readonly namespace?: unknown;
}

/** Adds what is wrong with an application, in code (`construct`) or in a record. */
export function checkApplication<Peer extends object>(
  faults: Faults,
  application: PlacedApplication<Peer>,
  facts: ApplicationFacts,
  property: Property,
  form: PeerForm = "record",
): void {
  const { team, image, database, statements } = application;
  checkNames(faults, application, property);
  checkOwnQuota(faults, application, property);
  faults.matches(property("team"), team, /./, "must not be empty");
  checkAs(
    faults,
    () => property("team"),
    (within) => checkLabels(within, "team", { team }),
  );
  checkImage(faults, image, facts.stage, (name) => property(`image.${name}`));
  checkHost(faults, application, facts, property);
  if (database !== undefined) checkDatabase(faults, database, property("database"));
  checkReplicas(faults, application, facts.stage, property);
  const rule = "must not be set without an EKS cluster";
  faults.check(statements === undefined || facts.onEks, property("statements"), rule);
  if (statements !== undefined) checkStatements(faults, property("statements"), statements);
  checkValues(faults, application, property);
  checkAllowed(faults, application, facts, property, form);
}

/** Letters and length of the application's name are those of its release. */
function checkNames<Peer extends object>(
  faults: Faults,
  { applicationName, namespaceName, namespace }: PlacedApplication<Peer>,
  property: Property,
): void {
  if (namespaceName !== undefined) {
    const own = property("namespaceName");
    faults.check(
      namespace === undefined,
      own,
      "must not be set beside 'namespace'",
      namespaceName,
      "remove one of them",
    );
    checkNamespaceName(faults, own, namespaceName);
  }
  const namesNamespace = namespace === undefined && namespaceName === undefined;
  const taken = applicationName === "default" || (namesNamespace && isSystemNamespace(applicationName));
  const rule = "must not be the name of a service account or namespace of Kubernetes itself";
  faults
    .check(!taken, property("applicationName"), rule, applicationName)
    // https://kubernetes.io/docs/concepts/services-networking/service/#defining-a-service
    .matches(
      property("applicationName"),
      applicationName,
      /^(?!\d)/,
      "must not begin with a digit: its Service has the name",
    );
}

/** Limits follow from the quota: it must be large enough for one container. */
function checkOwnQuota<Peer extends object>(
  faults: Faults,
  { quota, namespace }: PlacedApplication<Peer>,
  property: Property,
): void {
  if (quota === undefined) return;
  const fix = "give the namespace its quota";
  faults.check(namespace === undefined, property("quota"), "must not be set beside 'namespace'", undefined, fix);
  checkAs(faults, property, (within) => checkNamespace(within, { namespaceName: "own", quota }, (name) => name));
}

function checkHost(
  faults: Faults,
  { host }: ApplicationOptions,
  { domain }: ApplicationFacts,
  property: Property,
): void {
  if (host === undefined || !isKnown(faults, property("host"), host)) return;
  if (!isDnsName(host)) {
    const fix = 'without scheme, port and path, for example "api.example.com"';
    // An address may hold a login before `@`: no message repeats it.
    const shown = host.includes("@") ? undefined : host;
    faults.add(property("host"), "must be a DNS name in lower case", shown, fix);
  } else if (domain === undefined) {
    const fix = "set 'domain' of the environment to the domain that its hosts are in";
    faults.add(property("host"), "must not be set in an environment without a domain", host, fix);
  } else {
    faults.check(isWithin(host, domain), property("host"), `must be ${domain} or below it`, host);
  }
}

function checkReplicas(faults: Faults, { replicas }: ApplicationOptions, stage: Stage, property: Property): void {
  if (replicas === undefined) return;
  const { min, max } = replicas;
  const before = faults.all.length;
  faults
    .literal(property("replicas.min"), min)
    .literal(property("replicas.max"), max)
    .integer(property("replicas.min"), min, 1, REPLICAS_MAX)
    .integer(property("replicas.max"), max, 1, REPLICAS_MAX);
  if (faults.all.length > before) return;
  const fix = "one pod alone is away with its node";
  faults
    .check(max >= min, property("replicas.max"), `must be at least 'min', ${min}`, max)
    .check(
      stage !== "prod" || min >= PROD_MIN_REPLICAS,
      property("replicas.min"),
      `must be at least ${PROD_MIN_REPLICAS} in prod`,
      min,
      fix,
    );
}

function checkAllowed<Peer extends object>(
  faults: Faults,
  application: PlacedApplication<Peer>,
  { network }: ApplicationFacts,
  property: Property,
  form: PeerForm,
): void {
  const before = faults.all.length;
  for (const [index, traffic] of (application.allow ?? []).entries()) {
    const own: Property = (name) => property(`allow[${index}].${name}`);
    checkTraffic(faults, traffic, own, form);
    const isNamed = INSTANCE_LABEL in Object(Object(traffic).pods);
    const rule = `must not have ${INSTANCE_LABEL}: it is always that of the application`;
    faults.check(!isNamed, own("pods"), rule, undefined, "say other pods' traffic in their namespace");
  }
  if (network === undefined || faults.all.length > before) return;
  for (const { option, traffic } of sentencesOf(application)) {
    const within = new Faults("");
    checkFacts(within, trafficParts(traffic), network);
    for (const missing of within.all) {
      const rule = `needs '${missing.property}' of the environment, which ${missing.rule}`;
      faults.add(property(option), rule, undefined, missing.fix);
    }
  }
}
