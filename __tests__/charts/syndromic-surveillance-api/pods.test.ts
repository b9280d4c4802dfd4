import { database, type Fields, objectsOf, pods, render, renderText } from "./chart";

const every = { database, serviceAccount: { create: false, name: "surveillance" } };

test("labels of every object and pod say name, instance, component, version and team", () => {
  const objects = render({ ...every, team: "epidemiology" });
  const labels = [...objects, ...pods(objects)].map(({ metadata }) => metadata.labels);
  const components = labels.map((each) => each?.["app.kubernetes.io/component"]);
  expect(new Set(components)).toEqual(new Set(["web", "migrate", "test"]));
  for (const [index, each] of labels.entries()) {
    expect(each).toEqual({
      "app.kubernetes.io/name": "syndromic-surveillance-api",
      "app.kubernetes.io/instance": "release",
      "app.kubernetes.io/component": components[index],
      "app.kubernetes.io/version": "1.4.2",
      "app.kubernetes.io/managed-by": "Helm",
      "helm.sh/chart": "syndromic-surveillance-api-0.1.0",
      team: "epidemiology",
    });
  }
});

test("without a team no label says one", () => {
  expect(renderText({ image: { repository: "api", tag: "1" } })).not.toContain("team");
});

test("every pod runs without rights, without a token and on a read-only file system", () => {
  const found = pods(render(every));
  expect(found).toHaveLength(3);
  for (const { spec } of found) {
    const [{ securityContext, volumeMounts }] = spec.containers;
    expect(spec.automountServiceAccountToken).toBe(false);
    expect(spec.enableServiceLinks).toBe(false);
    expect(spec.securityContext).toEqual({
      runAsNonRoot: true,
      runAsUser: 1000,
      runAsGroup: 1000,
      seccompProfile: { type: "RuntimeDefault" },
    });
    expect(securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    });
    expect(spec.volumes).toEqual([{ name: "tmp", emptyDir: { sizeLimit: "128Mi" } }]);
    expect(volumeMounts).toEqual([{ name: "tmp", mountPath: "/tmp" }]);
  }
});

test("every container asks for CPU and memory and has a limit of memory, as quotas want", () => {
  for (const { spec } of pods(render(every))) {
    for (const { resources } of spec.containers) {
      expect(resources).toEqual({
        requests: { cpu: expect.any(String), memory: expect.any(String) },
        limits: { memory: expect.any(String) },
      });
    }
  }
});

test("what says where a pod may run holds for all of them, affinity among web pods for those alone", () => {
  const nodeAffinity = {
    requiredDuringSchedulingIgnoredDuringExecution: {
      nodeSelectorTerms: [{ matchExpressions: [{ key: "kubernetes.io/os", operator: "In", values: ["linux"] }] }],
    },
  };
  const podAntiAffinity = { preferredDuringSchedulingIgnoredDuringExecution: [] };
  const values = {
    ...every,
    nodeSelector: { "kubernetes.io/arch": "arm64" },
    tolerations: [{ key: "dedicated", operator: "Exists" }],
    priorityClassName: "business",
    imagePullSecrets: [{ name: "registry" }],
    affinity: { nodeAffinity, podAntiAffinity },
  };
  const found = pods(render(values));
  for (const { spec } of found) {
    expect(spec.nodeSelector).toEqual({ "kubernetes.io/arch": "arm64" });
    expect(spec.tolerations).toEqual([{ key: "dedicated", operator: "Exists" }]);
    expect(spec.priorityClassName).toBe("business");
    expect(spec.imagePullSecrets).toEqual([{ name: "registry" }]);
  }
  const affinities = found.map(({ spec }: Fields) => spec.affinity);
  expect(affinities).toContainEqual({ nodeAffinity, podAntiAffinity });
  expect(affinities.filter((affinity) => !affinity.podAntiAffinity)).toEqual([{ nodeAffinity }, { nodeAffinity }]);
});

test("labels and annotations of web pods are those pods' alone", () => {
  const values = { ...every, podLabels: { "example.org/a": "1" }, podAnnotations: { "example.org/b": "2" } };
  const text = renderText({ image: { repository: "api", tag: "1" }, ...values });
  expect(text.match(/example\.org/g)).toHaveLength(2);
  const web = pods(objectsOf(text)).find(({ metadata }) => metadata.annotations?.["example.org/b"]);
  expect(web.metadata.labels["app.kubernetes.io/component"]).toBe("web");
  expect(web.metadata.labels["example.org/a"]).toBe("1");
});

test.each([
  [{}, "release-syndromic-surveillance-api"],
  [{ nameOverride: "api" }, "release-api"],
  [{ nameOverride: "release" }, "release"],
  [{ fullnameOverride: "surveillance" }, "surveillance"],
  [{ fullnameOverride: "a".repeat(63) }, "a".repeat(53)],
])("with %j objects are named %s", (values, name) => {
  for (const { kind, metadata } of render({ ...every, ...values })) {
    const endings: Readonly<Record<string, string>> = { Job: "-migrate", Pod: "-test" };
    expect(metadata.name).toBe(`${name}${endings[kind] ?? ""}`);
  }
});
