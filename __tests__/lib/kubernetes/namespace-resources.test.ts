import * as fc from "fast-check";
import { limitRangeItems, resolveLimits } from "../../../lib/kubernetes/limits";
import { Namespace } from "../../../lib/kubernetes/namespace";
import type { NamespaceProps } from "../../../lib/kubernetes/namespace-props";
import { compareQuantities, formatQuantity, parseQuantity, type Quantity } from "../../../lib/kubernetes/quantity";
import { type QuotaOptions, quotaHard, resolveQuota } from "../../../lib/kubernetes/quota";
import { messageOf } from "../../support/errors";
import { testStack } from "../../support/synth";
import { aToken } from "../../support/tokens";

type Options = Pick<NamespaceProps, "quota" | "limits">;

function make(options: Options): Namespace {
  return new Namespace(testStack(), "Genomics", { namespaceName: "genomics", kubernetesVersion: "1.35", ...options });
}

function items({ quota = {}, limits = {} }: Options) {
  return limitRangeItems(resolveLimits(limits, resolveQuota(quota)));
}

function quantity(text: string | undefined): Quantity {
  const found = parseQuantity(text ?? "");
  if (!found) throw new Error(`not a quantity: ${text}`);
  return found;
}

test("memory limits follow the memory of the quota, so that no more is promised than there is", () => {
  expect(quotaHard(resolveQuota({ memory: "64Gi" }))).toMatchObject({
    "requests.memory": "64Gi",
    "limits.memory": "64Gi",
  });
});

test("a quota counts objects too, and CPU limits not at all", () => {
  const hard = quotaHard(resolveQuota({ pods: 5, persistentVolumeClaims: 0, loadBalancers: 1, nodePorts: 2, jobs: 3 }));
  expect(hard).toEqual({
    "requests.cpu": "10",
    "requests.memory": "20Gi",
    "limits.memory": "20Gi",
    "requests.storage": "100Gi",
    pods: "5",
    persistentvolumeclaims: "0",
    "services.loadbalancers": "1",
    "services.nodeports": "2",
    "count/jobs.batch": "3",
  });
});

test("quantities are written as the API server gives them back, so that no plan shows a change", () => {
  expect(quotaHard(resolveQuota({ cpu: "1500m", memory: "20480Mi", storage: "0.5Ti" }))).toMatchObject({
    "requests.cpu": "1500m",
    "requests.memory": "20Gi",
    "requests.storage": "512Gi",
  });
  const container = { defaultRequest: { cpu: "0.25" }, max: { cpu: "2000m", memory: "1024Mi" } };
  expect(items({ limits: { container, persistentVolumeClaim: { maxStorage: "1024Mi" } } })).toEqual([
    {
      type: "Container",
      defaultRequest: { cpu: "250m", memory: "256Mi" },
      default: { cpu: "2", memory: "256Mi" },
      max: { cpu: "2", memory: "1Gi" },
    },
    { type: "PersistentVolumeClaim", max: { storage: "1Gi" } },
  ]);
});

test("a most for CPU is the default too, as Kubernetes would have it", () => {
  expect(items({ limits: { container: { max: { cpu: "2" } } } })[0]?.default).toEqual({ cpu: "2", memory: "256Mi" });
  expect(items({ limits: { container: { max: { cpu: "2" }, default: { cpu: "1" } } } })[0]?.default).toEqual({
    cpu: "1",
    memory: "256Mi",
  });
});

test.each<[string, Options, object]>([
  [
    "a request alone raises the limit",
    { limits: { container: { defaultRequest: { memory: "1Gi" } } } },
    { memory: "1Gi" },
  ],
  ["a limit alone raises the request", { limits: { container: { default: { memory: "2Gi" } } } }, { memory: "2Gi" }],
  ["a small most lowers both", { limits: { container: { max: { memory: "64Mi" } } } }, { memory: "64Mi" }],
  ["a small quota lowers both", { quota: { memory: "128Mi" } }, { memory: "128Mi" }],
])("memory is requested as it is limited: %s", (_, options, memory) => {
  const [container] = items(options);
  expect(container?.default).toEqual(memory);
  expect(container?.defaultRequest).toEqual({ cpu: "100m", ...memory });
});

test.each<[string, Options, string]>([
  [
    "a quantity that is none",
    { quota: { cpu: "ten", memory: "20GB", storage: "" } },
    [
      `'quota.cpu' must be a quantity of CPU, not finer than 1m, got "ten" at test/Genomics; for example "500m"`,
      `'quota.memory' must be a quantity of whole bytes, got "20GB" at test/Genomics; for example "512Mi"`,
      `'quota.storage' must be a quantity of whole bytes, got "" at test/Genomics; for example "512Mi"`,
    ].join("\n"),
  ],
  [
    "thousandths of bytes, and less than thousandths of CPUs",
    {
      limits: {
        container: { defaultRequest: { cpu: "500u", memory: "400m" }, default: { memory: "400m" } },
        persistentVolumeClaim: { maxStorage: "1.5" },
      },
    },
    [
      `'limits.container.defaultRequest.cpu' must be a quantity of CPU, not finer than 1m, got "500u" at test/Genomics; for example "500m"`,
      `'limits.container.defaultRequest.memory' must be a quantity of whole bytes, got "400m" at test/Genomics; for example "512Mi"`,
      `'limits.container.default.memory' must be a quantity of whole bytes, got "400m" at test/Genomics; for example "512Mi"`,
      `'limits.persistentVolumeClaim.maxStorage' must be a quantity of whole bytes, got "1.5" at test/Genomics; for example "512Mi"`,
    ].join("\n"),
  ],
  [
    "less than nothing, and parts of a pod",
    { quota: { cpu: "-1", pods: 1.5, jobs: -1 } },
    [
      `'quota.cpu' must be a quantity of CPU, not finer than 1m, got "-1" at test/Genomics; for example "500m"`,
      `'quota.pods' must be a whole number of at least 0, got 1.5 at test/Genomics`,
      `'quota.jobs' must be a whole number of at least 0, got -1 at test/Genomics`,
    ].join("\n"),
  ],
  [
    "memory requests above memory limits",
    { quota: { memory: "20Gi", memoryLimits: "10Gi" } },
    `'quota.memory' must be at most 'quota.memoryLimits', which is 10Gi, got "20Gi" at test/Genomics`,
  ],
  [
    "a container above the quota",
    { quota: { cpu: "2", memory: "4Gi" }, limits: { container: { max: { cpu: "2500m", memory: "4097Mi" } } } },
    [
      `'limits.container.max.cpu' must be at most 'quota.cpu', which is 2, got "2500m" at test/Genomics`,
      `'limits.container.max.memory' must be at most 'quota.memoryLimits', which is 4Gi, got "4097Mi" at test/Genomics`,
    ].join("\n"),
  ],
  [
    "a default above the most",
    { limits: { container: { default: { cpu: "2", memory: "2Gi" }, max: { cpu: "1", memory: "1Gi" } } } },
    [
      `'limits.container.default.cpu' must be at most 'limits.container.max.cpu', which is 1, got "2" at test/Genomics`,
      `'limits.container.default.memory' must be at most 'limits.container.max.memory', which is 1Gi, got "2Gi" at test/Genomics`,
    ].join("\n"),
  ],
  [
    "a default request above the default limit",
    {
      limits: {
        container: { defaultRequest: { cpu: "2", memory: "2Gi" }, default: { cpu: "1", memory: "1Gi" } },
      },
    },
    [
      `'limits.container.defaultRequest.cpu' must be at most 'limits.container.default.cpu', which is 1, got "2" at test/Genomics`,
      `'limits.container.defaultRequest.memory' must be at most 'limits.container.default.memory', which is 1Gi, got "2Gi" at test/Genomics`,
    ].join("\n"),
  ],
  [
    "a default request that the quota never admits",
    {
      quota: { cpu: "1", memoryLimits: "32Gi", memory: "1Gi" },
      limits: { container: { defaultRequest: { cpu: "2", memory: "2Gi" } } },
    },
    [
      `'limits.container.defaultRequest.cpu' must be at most 'quota.cpu', which is 1, got "2" at test/Genomics`,
      `'limits.container.defaultRequest.memory' must be at most 'quota.memory', which is 1Gi, got "2Gi" at test/Genomics`,
    ].join("\n"),
  ],
  [
    "a claim above the quota",
    { quota: { storage: "10Gi" }, limits: { persistentVolumeClaim: { maxStorage: "11Gi" } } },
    `'limits.persistentVolumeClaim.maxStorage' must be at most 'quota.storage', which is 10Gi, got "11Gi" at test/Genomics`,
  ],
])("refuses %s", (_, options, message) => {
  expect(messageOf(() => make(options))).toBe(message);
});

test("refuses a quantity that is only known at apply: it could not be compared", () => {
  expect(messageOf(() => make({ quota: { cpu: aToken() } }))).toBe(
    "'quota.cpu' must be known at synth, got a token at test/Genomics; write the value itself instead of another resource's attribute",
  );
});

test("equal values pass, however they are written", () => {
  const container = { defaultRequest: { memory: "1024Mi" }, default: { memory: "1Gi" }, max: { memory: "1048576Ki" } };
  expect(() => make({ quota: { memory: "1073741824" }, limits: { container } })).not.toThrow();
});

const bytes = fc
  .integer({ min: 1, max: 2 ** 40 })
  .map((value) => formatQuantity({ nano: BigInt(value) * 10n ** 9n, form: "binary" }));
const cpus = fc.integer({ min: 1, max: 64_000 }).map((value) => `${value}m`);
const quotas: fc.Arbitrary<QuotaOptions> = fc.record(
  { cpu: cpus, memory: bytes, storage: bytes },
  { requiredKeys: [] },
);

test("whatever the quota, defaults fit in it: a pod that names nothing is admitted", () => {
  fc.assert(
    fc.property(quotas, (quota) => {
      expect(() => make({ quota })).not.toThrow();
      const hard = quotaHard(resolveQuota(quota));
      const [container, claim] = items({ quota });
      const fits: [string | undefined, string | undefined][] = [
        [quantityOf(container?.defaultRequest, "cpu"), hard["requests.cpu"]],
        [quantityOf(container?.defaultRequest, "memory"), hard["requests.memory"]],
        [quantityOf(container?.default, "memory"), hard["limits.memory"]],
        [quantityOf(container?.defaultRequest, "memory"), quantityOf(container?.default, "memory")],
        [quantityOf(container?.default, "memory"), quantityOf(container?.max, "memory")],
        [quantityOf(claim?.max, "storage"), hard["requests.storage"]],
      ];
      for (const [small, large] of fits)
        expect(compareQuantities(quantity(small), quantity(large))).toBeLessThanOrEqual(0);
    }),
    { numRuns: 50 },
  );
});

function quantityOf(values: Readonly<Record<string, string>> | undefined, name: string): string | undefined {
  return values?.[name];
}

test("by default, as many pods as there may be fit in the quota when they name nothing", () => {
  const hard = quotaHard(resolveQuota({}));
  const [container] = items({});
  const pods = BigInt(hard.pods ?? 0);
  const all = (name: string) => quantity(container?.defaultRequest?.[name]).nano * pods;
  expect(all("cpu") <= quantity(hard["requests.cpu"]).nano).toBe(true);
  expect(all("memory") <= quantity(hard["limits.memory"]).nano).toBe(true);
});
