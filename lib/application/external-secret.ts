import { physicalName } from "../core/names";
import type { CustomResource } from "../helm/custom-resource";
import type { ExternalPassword, SecretKey } from "./password-source";

/** @see https://helm.sh/docs/chart_template_guide/getting_started/ names go into labels, with a suffix */
const RELEASE_NAME_MAX_LENGTH = 53;

/** The object that has External Secrets write the password into a Secret, and the release that brings it. */
export function externalSecret(
  applicationName: string,
  { secretName, key }: SecretKey,
  { externalSecret: { storeName, storeKind, remoteKey, property, refreshInterval } }: ExternalPassword,
  labels: Readonly<Record<string, string>>,
): { readonly releaseName: string; readonly resource: CustomResource } {
  return {
    releaseName: physicalName([applicationName, "password"], RELEASE_NAME_MAX_LENGTH),
    resource: {
      apiVersion: "external-secrets.io/v1",
      kind: "ExternalSecret",
      metadata: { name: secretName, labels },
      spec: {
        refreshInterval: refreshInterval ?? "1h",
        secretStoreRef: { kind: storeKind ?? "ClusterSecretStore", name: storeName },
        target: { name: secretName, creationPolicy: "Owner" },
        data: [{ secretKey: key, remoteRef: { key: remoteKey, property } }],
      },
    },
  };
}
