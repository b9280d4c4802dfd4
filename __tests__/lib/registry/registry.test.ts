import { Registry, type RegistryProps } from "../../../lib/registry/registry";
import { account } from "../../support/account";
import { messageOf } from "../../support/errors";
import { parsed, synthesizeWith, testStack } from "../../support/synth";

function registry(props: Partial<RegistryProps> = {}) {
  return synthesizeWith((stack) => {
    new Registry(stack, "Registry", { account, registryName: "registry", images: ["api"], charts: ["api"], ...props });
  });
}

function namesOf(stack: ReturnType<typeof registry>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(stack.resources("aws_ecr_repository")).map(([id, { name }]) => [id.replace(/_[^_]*$/, ""), name]),
  );
}

test("an image and a chart have a repository each, under one key that names nobody but the account", () => {
  const stack = registry();
  expect(stack.census).toEqual({
    aws_kms_key: 1,
    aws_kms_alias: 1,
    aws_ecr_repository: 2,
    aws_ecr_lifecycle_policy: 2,
  });
  expect(namesOf(stack)).toEqual({ "Registry_Image-api": "api", "Registry_Chart-api": "charts/api" });
  expect(stack.only("aws_kms_alias").name).toBe("alias/registry/repositories");
  expect(parsed(stack.only("aws_kms_key"), "policy")).toEqual({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "AccountRoot",
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::111122223333:root" },
        Action: "kms:*",
        Resource: "*",
      },
    ],
  });
  const [key = ""] = Object.keys(stack.resources("aws_kms_key"));
  for (const body of Object.values(stack.resources("aws_ecr_repository"))) {
    expect(body.encryption_configuration).toEqual([{ encryption_type: "KMS", kms_key: `\${aws_kms_key.${key}.arn}` }]);
  }
});

test("removal and who pulls hold for all repositories", () => {
  const stack = registry({ removal: "destroy", pullAccountIds: ["444455556666"], untaggedDays: 30 });
  for (const body of Object.values(stack.resources("aws_ecr_repository"))) expect(body.force_delete).toBe(true);
  expect(stack.only("aws_kms_key").deletion_window_in_days).toBe(7);
  expect(Object.keys(stack.resources("aws_ecr_repository_policy"))).toHaveLength(2);
  for (const { policy } of Object.values(stack.resources("aws_ecr_lifecycle_policy"))) {
    expect(policy).toContain('"countNumber":30');
  }
});

test("addresses of the others stay when one is added before them", () => {
  const before = registry({ images: ["b/c", "dd"] }).addresses;
  const after = registry({ images: ["aa", "b/c", "dd"] }).addresses;
  expect(after).toEqual(expect.arrayContaining(before));
});

test("the construct knows its addresses at synth", () => {
  const { host, chartsAddress, repositories } = new Registry(testStack(), "Registry", {
    account,
    registryName: "registry",
    images: ["surveillance/api"],
    charts: ["api"],
  });
  expect(host).toBe("111122223333.dkr.ecr.eu-west-3.amazonaws.com");
  expect(chartsAddress).toBe("oci://111122223333.dkr.ecr.eu-west-3.amazonaws.com/charts");
  expect(repositories.map(({ address }) => address)).toEqual([
    "111122223333.dkr.ecr.eu-west-3.amazonaws.com/surveillance/api",
    "111122223333.dkr.ecr.eu-west-3.amazonaws.com/charts/api",
  ]);
});

const NAME = "must have lower-case letters and digits, one of '.', '_', '-' between them, and '/' between segments";
const CHART = "must be a chart's name: lower-case letters and digits, one of '.', '_', '-' between them";

test.each<[string, Partial<RegistryProps>, string]>([
  [
    "nothing at all",
    { images: [], charts: [] },
    "'images' must name at least one repository, or 'charts' one chart at test/Registry",
  ],
  ["a name that is none", { images: ["Api"] }, `'images' ${NAME}, got "Api" at test/Registry`],
  [
    "an image among the charts",
    { images: ["charts/web"] },
    `'images' must not begin with charts/, got "charts/web" at test/Registry; name the chart in 'charts'`,
  ],
  [
    "an image twice",
    { images: ["api", "api"] },
    `'images' must not repeat a value, got "api" at test/Registry; remove the second one`,
  ],
  ["a chart with a path", { charts: ["team/api"] }, `'charts' ${CHART}, got "team/api" at test/Registry`],
  [
    "a chart's name that is too long",
    { charts: ["a".repeat(250)] },
    `'charts' must have 1 to 249 characters, has 250, got "${"a".repeat(250)}" at test/Registry`,
  ],
  [
    "a chart twice",
    { charts: ["api", "api"] },
    `'charts' must not repeat a value, got "api" at test/Registry; remove the second one`,
  ],
  [
    "an account id that is none",
    { pullAccountIds: ["4444"] },
    `'pullAccountIds' must be twelve digits, got "4444" at test/Registry`,
  ],
  [
    "its own account",
    { pullAccountIds: ["111122223333"] },
    `'pullAccountIds' must be other accounts, got "111122223333" at test/Registry; the registry's own account pulls by its IAM policies alone`,
  ],
  [
    "an account twice",
    { pullAccountIds: ["444455556666", "444455556666"] },
    `'pullAccountIds' must not repeat a value, got "444455556666" at test/Registry; remove the second one`,
  ],
  [
    "days out of range",
    { untaggedDays: 0 },
    "'untaggedDays' must be a whole number from 1 to 365, got 0 at test/Registry",
  ],
])("%s is refused", (_, props, message) => {
  expect(messageOf(() => registry(props))).toBe(message);
});
