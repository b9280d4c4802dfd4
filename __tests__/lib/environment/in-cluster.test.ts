import { IN_CLUSTER_OFF_VARIABLE, inClusterPart, isOff } from "../../../lib/environment/in-cluster";
import { environment } from "../../support/platform";

const part = { namespaces: ["platform"], releases: [] };
const on = { ...environment, inCluster: part };

test("what is installed is what the record says", () => {
  expect(inClusterPart(on, {})).toBe(part);
});

test("a record that is off installs nothing", () => {
  const off = { ...environment, inCluster: { off: "test" } };
  expect(isOff(off.inCluster)).toBe(true);
  expect(isOff(on.inCluster)).toBe(false);
  expect(inClusterPart(off, {})).toBeUndefined();
});

test.each(["test", "dev,test", " dev , test "])("the variable %j turns the environment off", (value) => {
  expect(inClusterPart(on, { [IN_CLUSTER_OFF_VARIABLE]: value })).toBeUndefined();
});

test.each(["", "dev", "testing", "te,st"])("the variable %j leaves the environment on", (value) => {
  expect(inClusterPart(on, { [IN_CLUSTER_OFF_VARIABLE]: value })).toBe(part);
});

test("the variable's name is part of how the platform is run", () => {
  expect(IN_CLUSTER_OFF_VARIABLE).toBe("EKS_PLATFORM_IN_CLUSTER_OFF");
});
