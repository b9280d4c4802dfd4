import { builtInApiVersions, definedResource, servedApiVersions } from "../../../../lib/render/helm/api-versions";

const definition = (scope: string, versions: object[]) => ({
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: "widgets.example.com" },
  spec: { group: "example.com", names: { kind: "Widget" }, scope, versions },
});

test("a CRD serves its versions, with and without the kind, but not those that are off", () => {
  const versions = [{ name: "v1", served: true }, { name: "v1beta1" }, { name: "v1alpha1", served: false }];
  expect(servedApiVersions([definition("Namespaced", versions)])).toEqual([
    "example.com/v1",
    "example.com/v1/Widget",
    "example.com/v1beta1",
    "example.com/v1beta1/Widget",
  ]);
});

test("an aggregated API serves its version", () => {
  const service = {
    apiVersion: "apiregistration.k8s.io/v1",
    kind: "APIService",
    metadata: { name: "v1beta1.metrics.k8s.io" },
    spec: { group: "metrics.k8s.io", version: "v1beta1" },
  };
  expect(servedApiVersions([service])).toEqual(["metrics.k8s.io/v1beta1"]);
});

test("other objects serve nothing", () => {
  expect(servedApiVersions([{ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" } }])).toEqual([]);
});

test("a CRD defines a kind, with or without a namespace", () => {
  expect(definedResource(definition("Namespaced", []))).toEqual({
    group: "example.com",
    kind: "Widget",
    namespaced: true,
  });
  expect(definedResource(definition("Cluster", []))).toEqual({
    group: "example.com",
    kind: "Widget",
    namespaced: false,
  });
  expect(definedResource({ apiVersion: "v1", kind: "Pod", metadata: { name: "a" } })).toBeUndefined();
});

test("Kubernetes serves its own kinds, of the core without a group", () => {
  expect(builtInApiVersions("1.35")).toEqual(
    expect.arrayContaining(["v1", "v1/Pod", "apps/v1/Deployment", "apiregistration.k8s.io/v1"]),
  );
  expect(builtInApiVersions("1.99")).toEqual([]);
});
