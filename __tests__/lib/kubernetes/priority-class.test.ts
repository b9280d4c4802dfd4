import { PriorityClass, type PriorityClassProps } from "../../../lib/kubernetes/priority-class";
import { ClusterProviders } from "../../../lib/kubernetes/providers";
import { testCluster } from "../../support/cluster";
import { messageOf, stackFaults } from "../../support/errors";
import { type Synthesized, synthesize, testStack } from "../../support/synth";
import { aToken } from "../../support/tokens";

const minimal: PriorityClassProps = { className: "clinical", value: 1000, description: "What clinicians wait for" };

function synthesized(...all: Partial<PriorityClassProps>[]): Synthesized {
  const stack = testStack();
  new ClusterProviders(stack, "Providers", { cluster: testCluster(stack) });
  for (const each of all) {
    const props = { ...minimal, ...each };
    const made = new PriorityClass(stack, `PriorityClass-${props.className}`, props);
    expect(made.className).toBe(props.className);
  }
  return synthesize(stack);
}

function fault(props: Partial<PriorityClassProps>): string {
  return messageOf(() => new PriorityClass(testStack(), "Class", { ...minimal, ...props }));
}

test("minimal: a class that pods must ask for", () => {
  const stack = synthesized({});
  expect(stack.only("kubernetes_priority_class_v1")).toEqual({
    metadata: { name: "clinical", labels: { "managed-by": "terraform" } },
    value: 1000,
    description: "What clinicians wait for",
    preemption_policy: "PreemptLowerPriority",
    global_default: false,
  });
  expect(stack.census).toEqual({
    kubernetes_priority_class_v1: 1, // the class alone
  });
});

test("maximal: the default, which pushes nobody out", () => {
  expect(
    synthesized({ value: -5, preemptionPolicy: "Never", globalDefault: true }).only("kubernetes_priority_class_v1"),
  ).toMatchObject({ value: -5, preemption_policy: "Never", global_default: true });
});

test.each([-2_147_483_648, 0, 1_000_000_000])("%d is a value", (value) => {
  expect(synthesized({ value }).only("kubernetes_priority_class_v1")).toMatchObject({ value });
});

test("a stack has at most one default class", () => {
  const both = [{ globalDefault: true }, { className: "batch", globalDefault: true }];
  expect(() => synthesized(...both)).toThrow(
    "[test/PriorityClass-clinical] 'globalDefault' must be false, because test/PriorityClass-batch is the default, got true at test/PriorityClass-clinical",
  );
  expect(synthesized({ globalDefault: true }, { className: "batch" }).census.kubernetes_priority_class_v1).toBe(2);
});

test.each<[string, Partial<PriorityClassProps>, string]>([
  [
    "a name that Kubernetes refuses",
    { className: "Clinical" },
    `'className' must be a Kubernetes name: lower-case letters, digits, '-' and '.', at most 253, got "Clinical" at test/Class`,
  ],
  [
    "a name of Kubernetes itself",
    { className: "system-clinical" },
    `'className' must not begin with system-, got "system-clinical" at test/Class`,
  ],
  [
    "a name that is known only at apply",
    { className: aToken() },
    "'className' must be known at synth, got a token at test/Class; write the value itself instead of another resource's attribute",
  ],
  [
    "a value of Kubernetes itself",
    { value: 1_000_000_001 },
    "'value' must be a whole number from -2147483648 to 1000000000, got 1000000001 at test/Class",
  ],
  [
    "a value that is too small",
    { value: -2_147_483_649 },
    "'value' must be a whole number from -2147483648 to 1000000000, got -2147483649 at test/Class",
  ],
  [
    "a fraction",
    { value: 0.5 },
    "'value' must be a whole number from -2147483648 to 1000000000, got 0.5 at test/Class",
  ],
  ["no description", { description: " " }, "'description' must say which pods should have the class at test/Class"],
  [
    "a policy that is none",
    { preemptionPolicy: "Always" as "Never" },
    `'preemptionPolicy' must be one of "PreemptLowerPriority", "Never", got "Always" at test/Class`,
  ],
])("refuses %s", (_, props, message) => {
  expect(fault(props)).toBe(message);
});

test("a stack has each class once", () => {
  const stack = testStack();
  for (const id of ["One", "Two"]) {
    new PriorityClass(stack, id, { className: "clinical", value: 1, description: "patients wait for it" });
  }
  expect(stackFaults(stack)).toEqual([`'className' must not be that of test/One, got "clinical" at test/Two`]);
});
