import type { Faults } from "../core/faults";
import { isSystemNamespace } from "../kubernetes/namespace-name";
import { checkReason } from "../kubernetes/reason";
import type { ChartSource, CrdStrategy } from "./chart-source";
import { checkChart } from "./check-chart";
import { checkShape, isKnownChart } from "./known-chart";
import { checkPlainData } from "./plain-data";
import type { HelmReleaseOptions } from "./release-props";
import { checkSecretLiterals } from "./secret-literals";
import { isPlainObject, mergeValues } from "./values";

type Property = (name: string) => string;

/** @see https://helm.sh/docs/chart_template_guide/getting_started/ names go into labels, with a suffix */
const RELEASE_NAME_MAX_LENGTH = 53;

/** Adds what is wrong with a release, and answers its values, merged; without any if something is wrong with them. */
export function checkHelmRelease(
  faults: Faults,
  options: HelmReleaseOptions,
  namespaceName: string,
  property: Property,
): Record<string, unknown> {
  const { releaseName, chart, timeoutSeconds, maxHistory, wait = true, atomic = true } = options;
  faults
    .literal(property("releaseName"), releaseName)
    .matches(
      property("releaseName"),
      releaseName,
      /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/,
      "must be lower-case letters, digits and '-', the first and last no '-'",
    )
    .length(property("releaseName"), releaseName, 1, RELEASE_NAME_MAX_LENGTH)
    .integer(property("timeoutSeconds"), timeoutSeconds, 1, 3600)
    .integer(property("maxHistory"), maxHistory, 1, 100)
    .check(
      wait || !atomic,
      property("atomic"),
      "must be false without 'wait'",
      atomic,
      "a release is not taken back unseen",
    );
  checkChart(faults, property, chart, crdStrategy(chart, options.crds));
  checkNamespace(faults, property, namespaceName, options.systemNamespaceReason);
  return readValues(faults, property("values"), options);
}

/** What was said of the CRDs: of the release, else of the known chart. */
export function crdStrategy(chart: ChartSource, crds: CrdStrategy | undefined): CrdStrategy | undefined {
  return crds ?? (isKnownChart(chart) ? chart.crds : undefined);
}

function readValues(
  faults: Faults,
  property: string,
  { chart, values = [], notSecret = {} }: HelmReleaseOptions,
): Record<string, unknown> {
  const before = faults.all.length;
  const layers: readonly unknown[] = Array.isArray(values) ? values : [values];
  const read = layers.map((layer, index) => {
    const name = Array.isArray(values) ? `${property}[${index}]` : property;
    return isPlainObject(layer) ? readLayer(faults, name, layer) : refuseLayer(faults, name);
  });
  if (faults.all.length > before) return {};
  const merged = mergeValues(read);
  if (isKnownChart(chart)) checkShape(faults, property, chart.shape, merged);
  checkSecretLiterals(faults, property, merged, notSecret);
  return merged;
}

/** A layer with the key `file` alone is a file. Files are read only where there are some: the YAML parser costs more than a release. */
function readLayer(faults: Faults, property: string, layer: Readonly<Record<string, unknown>>): object {
  const { file, ...others } = layer;
  if (typeof file !== "string" || Object.keys(others).length > 0) {
    checkPlainData(faults, property, layer);
    return layer;
  }
  const { readValuesFile } = require("./values-file") as typeof import("./values-file");
  const content = readValuesFile(faults, `${property}.file`, file);
  checkPlainData(faults, property, content);
  return content;
}

function refuseLayer(faults: Faults, property: string): object {
  faults.add(property, "must be an object of values, or of one key 'file'");
  return {};
}

function checkNamespace(faults: Faults, property: Property, namespaceName: string, reason: string | undefined): void {
  faults.literal(property("namespace"), namespaceName);
  const system = isSystemNamespace(namespaceName);
  const fix = "use a namespace of its own, or say why in 'systemNamespaceReason'";
  if (system && reason === undefined) {
    faults.add(property("namespace"), "must not be one of Kubernetes itself", namespaceName, fix);
  }
  if (reason === undefined) return;
  if (system) checkReason(faults, property("systemNamespaceReason"), reason);
  else faults.add(property("systemNamespaceReason"), "must not be given here", reason, "remove it");
}
