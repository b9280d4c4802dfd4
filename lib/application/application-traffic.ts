import type { DatabasePeer, Traffic } from "../kubernetes/traffic";
import type { ApplicationDatabase, ApplicationOptions } from "./application-props";

/** Port that the web pods answer on. */
export const WEB_PORT = 8000;
const DATABASE_PORT = 5432;
/** On every pod of the chart: the release that it belongs to. */
export const INSTANCE_LABEL = "app.kubernetes.io/instance";
const COMPONENT_LABEL = "app.kubernetes.io/component";

/** What an application says of traffic. */
export interface ApplicationTraffic<Peer extends object> extends ApplicationOptions {
  readonly allow?: readonly Traffic<Peer>[];
}

/** A sentence, and the option that says it. */
export interface Sentence<Peer extends object> {
  readonly option: string;
  readonly traffic: Traffic<Peer>;
}

/**
 * All sentences of an application. They are about its own pods, the migration's and the test's too, so that applications share a namespace
 * and never each other's ways.
 */
export function sentencesOf<Peer extends object>(application: ApplicationTraffic<Peer>): Sentence<Peer>[] {
  const { applicationName, host, database, statements, allow = [] } = application;
  const web = { [COMPONENT_LABEL]: "web" };
  const tests = {
    within: "namespace",
    peerPods: { ...web, [INSTANCE_LABEL]: applicationName },
    ports: [WEB_PORT],
  } as const;
  const sentences: Sentence<Peer>[] = [{ option: "applicationName", traffic: tests }];
  if (host !== undefined)
    sentences.push({ option: "host", traffic: { from: "load-balancer", pods: web, ports: [WEB_PORT] } });
  if (database) sentences.push({ option: "database", traffic: { to: databasePeer(database) } });
  if (statements) sentences.push({ option: "statements", traffic: { to: "pod-identity-agent" } });
  sentences.push(...allow.map((traffic, index) => ({ option: `allow[${index}]`, traffic })));
  return sentences.map(({ option, traffic }) => ({
    option,
    traffic: { ...traffic, pods: { ...traffic.pods, [INSTANCE_LABEL]: applicationName } },
  }));
}

/** The database as traffic knows it. */
export function databasePeer({ cidrBlocks, securityGroupId, ...database }: ApplicationDatabase): DatabasePeer {
  return { database: { cidrBlocks, securityGroupId, port: databasePort(database) } };
}

export function databasePort({ port = DATABASE_PORT }: Pick<ApplicationDatabase, "port">): number {
  return port;
}
