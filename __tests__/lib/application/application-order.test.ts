import { HelmRelease } from "../../../lib/helm/helm-release";
import { Key } from "../../../lib/kms/key";
import {
  anApplication,
  database,
  environment,
  repository,
  synthesizedApplication,
  valuesOf,
  withCluster,
} from "../../support/application";
import { KEY_ARN, testCluster } from "../../support/cluster";
import { testNamespace } from "../../support/namespaces";
import type { Body, Synthesized } from "../../support/synth";

/** The addresses that a release comes after. */
function before(stack: Synthesized, releaseName = "surveillance"): string[] {
  const release = Object.values(stack.resources("helm_release")).find(({ name }) => name === releaseName);
  return [...((release?.depends_on ?? []) as string[])].sort();
}

test("the release comes after everything else that the application makes", () => {
  const stack = synthesizedApplication((scope) => ({
    environment: { ...environment, cluster: testCluster(scope) },
    host: "surveillance.staging.example.com",
    database: { ...database, password: { variable: "db_password", revision: 1 }, securityGroupId: "sg-db" },
    statements: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::reports/*" }],
    allow: [{ to: "internet" }],
  }));
  // The namespace comes before by its name in the release, the role before by its association, the keys by the Secret.
  const others = stack.addresses.filter(
    (address) => !/^(helm_release|kubernetes_namespace_v1|aws_iam_role|terraform_data)\./.test(address),
  );
  expect(before(stack)).toEqual(others);
  expect(others).toHaveLength(16);
});

test("the release comes after the ExternalSecret, and that after what brings its kind", () => {
  const password = { externalSecret: { storeName: "aws", remoteKey: "surveillance/db" } };
  const stack = withCluster((scope) => {
    const namespace = testNamespace(scope, "external-secrets");
    const chart = { repository: "https://charts.example.com", name: "external-secrets", version: "2.9.0" };
    const operator = new HelmRelease(scope, "Operator", { releaseName: "external-secrets", namespace, chart });
    anApplication(scope, { database: { ...database, password }, after: [operator] });
  });
  const address = (releaseName: string) =>
    `helm_release.${Object.entries(stack.resources("helm_release")).find(([, { name }]) => name === releaseName)?.[0]}`;
  expect(before(stack, "surveillance-password")).toContain(address("external-secrets"));
  expect(before(stack, "surveillance-password")).not.toContain(address("surveillance"));
  expect(before(stack)).toEqual(
    expect.arrayContaining([address("surveillance-password"), address("external-secrets")]),
  );
});

test("what is granted to its role later is there before the release too", () => {
  const stack = withCluster((scope) => {
    const cluster = testCluster(scope);
    const application = anApplication(scope, { environment: { ...environment, cluster }, statements: [] });
    Key.fromKeyArn(scope, "Key", KEY_ARN).grantDecrypt(application.serviceAccount.role);
  });
  const [policy] = Object.keys(stack.resources("aws_iam_role_policy"));
  expect(before(stack)).toContain(`aws_iam_role_policy.${policy}`);
});

test("another release can come after an application", () => {
  const stack = withCluster((scope) => {
    const application = anApplication(scope);
    const { namespace } = application;
    const chart = { repository: "https://charts.example.com", name: "reports", version: "1.0.0" };
    new HelmRelease(scope, "Reports", { releaseName: "reports", namespace, chart, after: [application] });
  });
  expect(before(stack, "reports").filter((each) => each.startsWith("helm_release."))).toEqual([
    expect.stringMatching(/^helm_release\.Application_Release_\w+$/),
  ]);
});

test("an upgrade is one changed line of one attribute of one resource", () => {
  const tagged = (tag: string) =>
    synthesizedApplication((scope) => ({
      environment: { ...environment, cluster: testCluster(scope) },
      image: { repository, tag },
      host: "surveillance.staging.example.com",
      database: { ...database, password: { variable: "db_password", revision: 1 } },
      statements: [],
    }));
  const [old, upgraded] = [tagged("1.4.0"), tagged("1.5.0")];
  const bodies = ({ json }: Synthesized) =>
    Object.entries(json.resource as Record<string, Record<string, Body>>).flatMap(([type, ids]) =>
      Object.entries(ids).map(([id, body]): [string, Body] => [`${type}.${id}`, body]),
    );
  const before = new Map(bodies(old));
  const after = bodies(upgraded);
  expect(after.map(([address]) => address)).toEqual([...before.keys()]);
  const changed = after.flatMap(([address, body]) =>
    Object.keys(body)
      .filter((attribute) => JSON.stringify(body[attribute]) !== JSON.stringify(before.get(address)?.[attribute]))
      .map((attribute) => `${address} ${attribute}`),
  );
  expect(changed).toEqual([expect.stringMatching(/^helm_release\.Application_Release_\w+ values$/)]);
  expect({ ...upgraded.json, resource: null }).toEqual({ ...old.json, resource: null });

  const lines = (stack: Synthesized) => (stack.only("helm_release").values as string[])[0]?.split("\n") ?? [];
  const written = lines(old);
  expect(lines(upgraded)).toHaveLength(written.length);
  expect(lines(upgraded).filter((line, index) => line !== written[index])).toEqual(['    "tag": "1.5.0"']);
  expect(valuesOf(upgraded)).toMatchObject({ image: { repository, tag: "1.5.0" } });
});
