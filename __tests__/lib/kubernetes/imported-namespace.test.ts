import { Namespace } from "../../../lib/kubernetes/namespace";
import { messageOf } from "../../support/errors";
import { synthesizeWith, testStack } from "../../support/synth";

test("a namespace of elsewhere is one as well, and makes nothing; those of Kubernetes are allowed", () => {
  const stack = synthesizeWith((scope) => {
    const attributes = {
      namespaceName: "kube-system",
      kubernetesVersion: "1.35",
      podSecurityLevel: "privileged",
    } as const;
    const namespace = Namespace.fromName(scope, "System", attributes);
    expect(namespace).toMatchObject({
      ...attributes,
      namespaceRef: "kube-system",
      deniesByDefault: false,
      dependables: [],
    });
    const closed = Namespace.fromName(scope, "Closed", {
      ...attributes,
      namespaceName: "default",
      deniesByDefault: true,
    });
    expect(closed).toMatchObject({ namespaceName: "default", deniesByDefault: true });
  });
  expect(stack.census).toEqual({});
});

test("refuses a namespace of elsewhere that cannot be one", () => {
  const attributes = { namespaceName: "Kube", kubernetesVersion: "v1.35", podSecurityLevel: "none" as "baseline" };
  expect(messageOf(() => Namespace.fromName(testStack(), "System", attributes))).toBe(
    [
      `'namespaceName' must be a Kubernetes name: lower-case letters, digits and '-', at most 63, got "Kube" at test/System`,
      `'kubernetesVersion' must be a minor version of Kubernetes, got "v1.35" at test/System; for example "1.35"`,
      `'podSecurityLevel' must be one of "restricted", "baseline", "privileged", got "none" at test/System`,
    ].join("\n"),
  );
});
