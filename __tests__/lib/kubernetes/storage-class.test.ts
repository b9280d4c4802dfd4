import { ClusterProviders } from "../../../lib/kubernetes/providers";
import { StorageClass, type StorageClassOptions } from "../../../lib/kubernetes/storage-class";
import { KEY_ARN, testCluster } from "../../support/cluster";
import { messageOf, stackFaults } from "../../support/errors";
import { type Synthesized, synthesize, testStack } from "../../support/synth";
import { aNumberToken, aToken } from "../../support/tokens";

function synthesized(...options: Partial<StorageClassOptions>[]): Synthesized {
  const stack = testStack();
  new ClusterProviders(stack, "Providers", { cluster: testCluster(stack) });
  for (const each of options) {
    const className = each.className ?? "gp3";
    new StorageClass(stack, `StorageClass-${className}`, { className, ...each });
  }
  return synthesize(stack);
}

function fault(options: Partial<StorageClassOptions>): string {
  return messageOf(() => new StorageClass(testStack(), "Class", { className: "gp3", ...options }));
}

test("minimal: encrypted volumes, kept when their claim goes, and not the default", () => {
  const stack = synthesized({});
  expect(stack.only("kubernetes_storage_class_v1")).toEqual({
    metadata: {
      name: "gp3",
      labels: { "managed-by": "terraform" },
      annotations: { "storageclass.kubernetes.io/is-default-class": "false" },
    },
    storage_provisioner: "ebs.csi.aws.com",
    parameters: { type: "gp3", encrypted: "true" },
    reclaim_policy: "Retain",
    volume_binding_mode: "WaitForFirstConsumer",
    allow_volume_expansion: true,
    lifecycle: {
      replace_triggered_by: [expect.stringMatching(/^terraform_data\.StorageClass-gp3_ReclaimPolicy_\w+$/)],
    },
  });
  expect(stack.only("terraform_data")).toEqual({ triggers_replace: { reclaimPolicy: "Retain" } });
  expect(stack.census).toEqual({
    kubernetes_storage_class_v1: 1, // the class
    terraform_data: 1, // replaces it when its reclaim policy changes
  });
});

test("maximal: the default class of Auto Mode with a key and performance of its own", () => {
  const stack = synthesized({
    className: "fast",
    isDefaultClass: true,
    kmsKeyId: KEY_ARN,
    iops: 8000,
    throughputMiBps: 2000,
    provisioner: "ebs.csi.eks.amazonaws.com",
    removal: "destroy",
  });
  expect(stack.only("kubernetes_storage_class_v1")).toMatchObject({
    metadata: { name: "fast", annotations: { "storageclass.kubernetes.io/is-default-class": "true" } },
    storage_provisioner: "ebs.csi.eks.amazonaws.com",
    parameters: { type: "gp3", encrypted: "true", kmsKeyId: KEY_ARN, iops: "8000", throughput: "2000" },
    reclaim_policy: "Delete",
  });
  expect(stack.only("terraform_data")).toEqual({ triggers_replace: { reclaimPolicy: "Delete" } });
});

test("a key that is made in the same stack is taken", () => {
  const kmsKeyId = aToken();
  expect(synthesized({ kmsKeyId }).only("kubernetes_storage_class_v1")).toMatchObject({
    parameters: { kmsKeyId: "known-at-apply" },
  });
});

test("a stack has at most one default class", () => {
  const both = [{ isDefaultClass: true }, { className: "fast", isDefaultClass: true }];
  expect(() => synthesized(...both)).toThrow(
    "[test/StorageClass-gp3] 'isDefaultClass' must be false, because test/StorageClass-fast is the default, got true at test/StorageClass-gp3",
  );
  expect(synthesized({ isDefaultClass: true }, { className: "fast" }).census.kubernetes_storage_class_v1).toBe(2);
});

test("a stack has each class once", () => {
  const stack = testStack();
  new StorageClass(stack, "One", { className: "gp3" });
  new StorageClass(stack, "Two", { className: "gp3" });
  expect(stackFaults(stack)).toEqual([`'className' must not be that of test/One, got "gp3" at test/Two`]);
});

test.each<[string, Partial<StorageClassOptions>, string]>([
  [
    "a name that Kubernetes refuses",
    { className: "GP3" },
    `'className' must be a Kubernetes name: lower-case letters, digits, '-' and '.', at most 253, got "GP3" at test/Class`,
  ],
  [
    "a name that is known only at apply",
    { className: aToken() },
    "'className' must be known at synth, got a token at test/Class; write the value itself instead of another resource's attribute",
  ],
  [
    "an alias of a key",
    { kmsKeyId: "alias/data" },
    `'kmsKeyId' must be the ARN of a KMS key, got "alias/data" at test/Class`,
  ],
  ["too few IOPS", { iops: 2999 }, "'iops' must be a whole number from 3000 to 80000, got 2999 at test/Class"],
  ["too many IOPS", { iops: 80_001 }, "'iops' must be a whole number from 3000 to 80000, got 80001 at test/Class"],
  [
    "IOPS that are known only at apply",
    { iops: aNumberToken() },
    "'iops' must be known at synth, got a token at test/Class; write the value itself instead of another resource's attribute",
  ],
  [
    "too little throughput",
    { throughputMiBps: 124 },
    "'throughputMiBps' must be a whole number from 125 to 2000, got 124 at test/Class",
  ],
  [
    "too much throughput",
    { iops: 80_000, throughputMiBps: 2001 },
    "'throughputMiBps' must be a whole number from 125 to 2000, got 2001 at test/Class",
  ],
  [
    "more throughput than the IOPS carry",
    { iops: 4000, throughputMiBps: 1001 },
    "'throughputMiBps' must be at most 1000, a quarter of the IOPS, got 1001 at test/Class; raise 'iops'",
  ],
  [
    "more throughput than the IOPS of every volume carry",
    { throughputMiBps: 751 },
    "'throughputMiBps' must be at most 750, a quarter of the IOPS, got 751 at test/Class; raise 'iops'",
  ],
  [
    "a provisioner that makes no encrypted gp3",
    { provisioner: "kubernetes.io/aws-ebs" as "ebs.csi.aws.com" },
    `'provisioner' must be one of "ebs.csi.aws.com", "ebs.csi.eks.amazonaws.com", got "kubernetes.io/aws-ebs" at test/Class`,
  ],
  [
    "a removal that is none",
    { removal: "keep" as "retain" },
    `'removal' must be one of "retain", "destroy", got "keep" at test/Class`,
  ],
])("refuses %s", (_, options, message) => {
  expect(fault(options)).toBe(message);
});
