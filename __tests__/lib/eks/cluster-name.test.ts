import { Faults } from "../../../lib/core/faults";
import { checkClusterName } from "../../../lib/eks/cluster-name";
import { messageOf } from "../../support/errors";
import { aToken } from "../../support/tokens";

const RULE = "must have letters, digits, '-' and '_', at most 100, and begin with a letter or a digit";

function fault(clusterName: string): string {
  const faults = new Faults("test");
  checkClusterName(faults, "cluster.clusterName", clusterName);
  return messageOf(() => faults.throwIfAny());
}

test.each(["a", "1", "Test_1-", "a".repeat(100)])("%s is a name", (clusterName) => {
  const faults = new Faults("test");
  checkClusterName(faults, "clusterName", clusterName);
  expect(faults.all).toEqual([]);
});

test.each(["", "-a", "_a", "a.b", "a b", "--profile x", "a\n", "a".repeat(101)])("refuses %j", (clusterName) => {
  expect(fault(clusterName)).toBe(`'cluster.clusterName' ${RULE}, got ${JSON.stringify(clusterName)} at test`);
});

test("refuses what is known only at apply", () => {
  expect(fault(aToken())).toBe(
    "'cluster.clusterName' must be known at synth, got a token at test; write the value itself instead of another resource's attribute",
  );
});
