import { Release } from "@cdktf/provider-helm/lib/release";
import { Aspects, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { Faults } from "../core/faults";
import { checkPropsShape } from "../core/props-shape";
import { guarded, REMOVALS } from "../core/removal";
import { madeByNow } from "../kubernetes/late-dependables";
import { checkSameStack } from "../kubernetes/stack-check";
import { chartAsset } from "./chart-asset";
import { isArchive } from "./chart-folder";
import { type ChartSource, type CrdStrategy, isLocalChart } from "./chart-source";
import { checkHelmRelease, crdStrategy } from "./check-release";
import { RELEASE_NOTE, type ReleaseNote } from "./release-note";
import { comeAfter } from "./release-order";
import type { HelmReleaseProps, IHelmRelease } from "./release-props";
import { releaseShape } from "./release-shape";
import { valuesDocument } from "./values-document";

/** Which construct has a release's name, in each stack: Helm knows a release by namespace and name only. */
const taken = new WeakMap<TerraformStack, Map<string, string>>();

/**
 * A Helm release at one exact version of its chart. An install or upgrade that fails is taken back.
 *
 * Creates `helm_release`, after what its namespace has ready for pods. A chart in the repository is copied beside the stack under a path
 * that holds its content's hash: the provider does not see an edited template otherwise (hashicorp/terraform-provider-helm#515).
 *
 * @throws {ValidationError} if a property is missing, of another type or not known, the chart is not there or not pinned, a name breaks the
 * rules or is taken, values are not plain data, look like a secret, or are no keys of a known chart, a file of values is not YAML, or the
 * namespace or a release that must be there first is of another stack
 * @example
 * new HelmRelease(this, "Metrics", {
 *   releaseName: "metrics-server",
 *   namespace,
 *   chart: metricsServer,
 *   values: [{ replicas: 2 }, { file: "values/staging.yaml" }],
 * });
 */
export class HelmRelease<C extends ChartSource = ChartSource> extends Construct implements IHelmRelease {
  readonly releaseName: string;
  readonly identity: string;
  readonly resource: Release;

  constructor(scope: Construct, id: string, props: HelmReleaseProps<C>) {
    super(scope, id);
    const faults = new Faults(this.node.path);
    checkPropsShape(faults, releaseShape, props);
    faults.throwIfAny();
    const { releaseName, namespace, chart, after = [], removal = namespace.removal ?? "retain" } = props;
    const { namespaceName } = namespace;
    const stack = TerraformStack.of(this);
    faults.oneOf("removal", removal, REMOVALS);
    const values = checkHelmRelease(faults, props as HelmReleaseProps, namespaceName, (name) => name);
    this.identity = `${namespaceName}/${releaseName}`;
    this.checkTaken(faults, stack);
    checkSameStack(faults, "namespace", this, namespace);
    // Terraform orders within a stack only.
    for (const { node } of after.filter((release) => TerraformStack.of(release) !== stack)) {
      faults.add("after", "must name releases of the same stack", node.path);
    }
    faults.throwIfAny();

    this.releaseName = releaseName;
    const crds = crdStrategy(chart, props.crds);
    const document = valuesDocument(values);
    const wait = props.wait ?? true;
    this.resource = new Release(this, "Resource", {
      name: releaseName,
      namespace: namespace.namespaceRef,
      ...this.chartAttributes(chart),
      values: [document.text],
      timeout: props.timeoutSeconds ?? 600,
      wait,
      waitForJobs: wait,
      atomic: props.atomic ?? true,
      cleanupOnFail: props.cleanupOnFail ?? true,
      maxHistory: props.maxHistory ?? 5,
      skipCrds: skipsCrds(chart, crds),
      lifecycle: guarded(removal),
    });
    const first = [...madeByNow(namespace), ...after.map(({ resource }) => resource)];
    // Asked for at synth: what the namespace gets after the release was made counts too.
    Aspects.of(this).add({
      visit: (node) => {
        if (node === this) comeAfter(this.resource, [...namespace.dependables, ...first]);
      },
    });
    const note: ReleaseNote = {
      namespace: namespaceName,
      kubernetesVersion: namespace.kubernetesVersion,
      podSecurity: namespace.podSecurityLevel,
      after: after.map(({ identity }) => identity),
      crds,
      values: document.example,
    };
    this.resource.addOverride(`//.${RELEASE_NOTE}`, note);
  }

  private checkTaken(faults: Faults, stack: TerraformStack): void {
    const names = taken.get(stack) ?? new Map<string, string>();
    taken.set(stack, names);
    const other = names.get(this.identity);
    faults.check(
      other === undefined,
      "releaseName",
      "must be the only one of its name in the namespace",
      this.identity,
      `${other} has it`,
    );
    names.set(this.identity, other ?? this.node.path);
  }

  private chartAttributes(chart: ChartSource): { chart: string; repository?: string; version?: string } {
    if (!isLocalChart(chart)) return { chart: chart.name, repository: chart.repository, version: chart.version };
    return { chart: chartAsset(TerraformStack.of(this), chart) };
  }
}

/** Skipped is what nobody chose: Helm would install it and never upgrade it. Left open for a folder without `crds`, where it means nothing. */
function skipsCrds(chart: ChartSource, crds: CrdStrategy | undefined): true | undefined {
  const unknown = crds === undefined && !(isLocalChart(chart) && !isArchive(chart.path));
  return crds === "elsewhere" || unknown ? true : undefined;
}
