import { namespacedRule } from "../../../../lib/render/objects/object-scope";

const object = (apiVersion: string, kind: string) => ({ apiVersion, kind, metadata: { name: "a" } });

test.each([
  ["v1", "Namespace", false],
  ["v1", "ConfigMap", true],
  ["rbac.authorization.k8s.io/v1", "ClusterRole", false],
  ["rbac.authorization.k8s.io/v1", "Role", true],
  ["karpenter.sh/v1", "NodePool", false],
  ["example.com/v1", "Namespace", true],
  ["example.com/v1", "Gadget", false],
  ["example.com/v1", "Widget", true],
])("%s %s: in a namespace: %s", (apiVersion, kind, expected) => {
  const defines = (name: string, scope: string) => ({
    ...object("apiextensions.k8s.io/v1", "CustomResourceDefinition"),
    spec: { group: "example.com", names: { kind: name }, scope },
  });
  const isNamespaced = namespacedRule([defines("Gadget", "Cluster"), defines("Widget", "Namespaced")]);
  expect(isNamespaced(object(apiVersion, kind))).toBe(expected);
});
