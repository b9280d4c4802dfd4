import { checkOffNames, IN_CLUSTER_OFF_VARIABLE, inClusterPart, isOff } from "../../../lib/environment/in-cluster";
import { messageOf } from "../../support/errors";
import { environment } from "../../support/platform";

const part = { namespaces: [{ namespaceName: "platform" }], releases: [] };
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

test("the variable refuses a retained environment, and leaves it alone when it is not named", () => {
  const retained = { ...on, removal: "retain" as const };
  expect(messageOf(() => inClusterPart(retained, { [IN_CLUSTER_OFF_VARIABLE]: "test" }))).toBe(
    `'EKS_PLATFORM_IN_CLUSTER_OFF' must not name a retained environment, got "test" at test; set 'inCluster' in its record, if you mean it`,
  );
  expect(inClusterPart(retained, { [IN_CLUSTER_OFF_VARIABLE]: "dev" })).toBe(part);
});

test("the variable names nothing but environments of AWS", () => {
  const environments = [on, { ...on, name: "dev" }];
  expect(() => checkOffNames(environments, {})).not.toThrow();
  expect(() => checkOffNames(environments, { [IN_CLUSTER_OFF_VARIABLE]: " dev ,test," })).not.toThrow();
  expect(messageOf(() => checkOffNames(environments, { [IN_CLUSTER_OFF_VARIABLE]: "test,local,stagin" }))).toBe(
    [
      `'EKS_PLATFORM_IN_CLUSTER_OFF' must name environments of AWS, got "local" at stacks/environments.ts; they are test, dev; separate names by commas`,
      `'EKS_PLATFORM_IN_CLUSTER_OFF' must name environments of AWS, got "stagin" at stacks/environments.ts; they are test, dev; separate names by commas`,
    ].join("\n"),
  );
  expect(messageOf(() => checkOffNames([], { [IN_CLUSTER_OFF_VARIABLE]: "test" }))).toBe(
    `'EKS_PLATFORM_IN_CLUSTER_OFF' must name environments of AWS, got "test" at stacks/environments.ts; they are none; separate names by commas`,
  );
});

test("the variable's name is part of how the platform is run", () => {
  expect(IN_CLUSTER_OFF_VARIABLE).toBe("EKS_PLATFORM_IN_CLUSTER_OFF");
});
