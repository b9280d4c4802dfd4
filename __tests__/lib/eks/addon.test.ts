import { Addon, type AddonProps } from "../../../lib/eks/addon";
import { testCluster } from "../../support/cluster";
import { messageOf } from "../../support/errors";
import { parsed, synthesizeWith, testStack } from "../../support/synth";
import { aToken } from "../../support/tokens";

const coredns = { addonName: "coredns", addonVersion: "v1.13.2-eksbuild.31" };

function fault(props: Partial<AddonProps>): string {
  const scope = testStack();
  return messageOf(() => new Addon(scope, "Addon", { cluster: testCluster(scope), ...coredns, ...props }));
}

test("minimal: an exact build that takes over on creation, keeps others' settings on update and goes when its code goes", () => {
  const stack = synthesizeWith((scope) => {
    expect(new Addon(scope, "Addon", { cluster: testCluster(scope), ...coredns }).addonName).toBe("coredns");
  });
  expect(stack.only("aws_eks_addon")).toEqual({
    cluster_name: "test",
    addon_name: "coredns",
    addon_version: "v1.13.2-eksbuild.31",
    resolve_conflicts_on_create: "OVERWRITE",
    resolve_conflicts_on_update: "PRESERVE",
    preserve: false,
  });
  expect(stack.census).toEqual({
    aws_eks_addon: 1, // the add-on alone: identities are made by Addons
  });
});

test("maximal: settings as JSON, after what it needs", () => {
  const stack = synthesizeWith((scope) => {
    const cluster = testCluster(scope);
    const first = new Addon(scope, "First", { cluster, addonName: "vpc-cni", addonVersion: "v1.22.4-eksbuild.3" });
    const configurationValues = { replicaCount: 3, autoScaling: { enabled: true } };
    new Addon(scope, "Addon", { cluster, ...coredns, configurationValues, after: [first.resource] });
  });
  const addon = Object.values(stack.resources("aws_eks_addon")).find(({ addon_name }) => addon_name === "coredns");
  expect(addon).toMatchObject({ depends_on: [expect.stringMatching(/^aws_eks_addon\.First_/)] });
  expect(parsed(addon ?? {}, "configuration_values")).toEqual({ replicaCount: 3, autoScaling: { enabled: true } });
});

test.each(["latest", "v1.13.2", "1.13.2-eksbuild.31", "v1.13-eksbuild.1"])(
  "refuses %s as a version",
  (addonVersion) => {
    expect(fault({ addonVersion })).toBe(
      `'addonVersion' must be an exact build of the add-on, got "${addonVersion}" at test/Addon; for example "v1.22.4-eksbuild.3"; aws eks describe-addon-versions lists them`,
    );
  },
);

test("refuses a name that is only known at apply", () => {
  expect(fault({ addonName: aToken() })).toBe(
    "'addonName' must be known at synth, got a token at test/Addon; write the value itself instead of another resource's attribute",
  );
});
