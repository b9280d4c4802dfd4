import type { HelmValues } from "../helm/values";
import type { ApplicationDatabase, ApplicationOptions, ApplicationReplicas } from "./application-props";
import { databasePort, WEB_PORT } from "./application-traffic";
import { passwordSecret } from "./password-source";

const PASSWORD_ANNOTATION = "eks-platform/password-revision";

/** The chart's values that follow from the options. What is made beside the release the chart must not make. */
export function applicationValues(options: ApplicationOptions): HelmValues {
  const { applicationName, team, image, host, database, replicas, env } = options;
  return {
    fullnameOverride: applicationName,
    team,
    image: { ...image },
    serviceAccount: { create: false, name: applicationName },
    service: { port: WEB_PORT },
    networkPolicy: { enabled: false },
    ...(env && { env: { ...env } }),
    ...(database && { database: databaseValues(applicationName, database) }),
    ...(host !== undefined && { ingress: { enabled: true, host } }),
    ...(replicas && replicaValues(replicas)),
    ...restartsFor(database),
  };
}

/** Pods read a password when they start: a new one starts them anew. */
function restartsFor({ password }: Partial<ApplicationDatabase> = {}): HelmValues {
  if (!password || !("revision" in password)) return {};
  return { podAnnotations: { [PASSWORD_ANNOTATION]: String(password.revision) } };
}

function databaseValues(
  applicationName: string,
  { host, name, user, password, port }: ApplicationDatabase,
): HelmValues {
  const { secretName, key } = passwordSecret(applicationName, password);
  return { host, port: databasePort({ port }), name, user, existingSecret: { name: secretName, key } };
}

/** An autoscaler that has no choice would only need metrics. */
function replicaValues({ min, max }: ApplicationReplicas): HelmValues {
  if (min === max) return { replicaCount: min, autoscaling: { enabled: false } };
  return { autoscaling: { enabled: true, minReplicas: min, maxReplicas: max } };
}

/** Values that follow from the options, each with what to write instead. Given twice, one would hide the other. */
export const DERIVED_VALUES: Readonly<Record<string, string>> = {
  nameOverride: "its pods are selected by the chart's name",
  fullnameOverride: "use 'applicationName'",
  [`podAnnotations.${PASSWORD_ANNOTATION}`]: "use 'database.password.revision'",
  team: "use 'team'",
  "image.repository": "use 'image.repository'",
  "image.tag": "use 'image.tag'",
  "image.digest": "use 'image.digest'",
  serviceAccount: "its rights in AWS are 'statements'",
  "service.port": `its traffic is opened for ${WEB_PORT}; containers get it as PORT`,
  networkPolicy: "use 'allow'",
  env: "use 'env'",
  "database.host": "use 'database.host'",
  "database.port": "use 'database.port'",
  "database.name": "use 'database.name'",
  "database.user": "use 'database.user'",
  "database.existingSecret": "use 'database.password'",
  "database.externalSecret": "use 'database.password'",
  "ingress.enabled": "use 'host'",
  "ingress.host": "use 'host'",
  replicaCount: "use 'replicas'",
  "autoscaling.enabled": "use 'replicas'",
  "autoscaling.minReplicas": "use 'replicas.min'",
  "autoscaling.maxReplicas": "use 'replicas.max'",
};
