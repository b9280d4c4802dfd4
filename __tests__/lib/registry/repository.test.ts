import { Key } from "../../../lib/kms/key";
import { Repository, type RepositoryProps } from "../../../lib/registry/repository";
import { account } from "../../support/account";
import { messageOf } from "../../support/errors";
import { parsed, synthesizeWith } from "../../support/synth";

const OTHERS = ["444455556666", "777788889999"];

function repository(props: Partial<RepositoryProps> = {}) {
  return synthesizeWith((stack) => {
    const encryptionKey = Key.fromKeyArn(stack, "Key", "arn:aws:kms:eu-west-3:111122223333:key/1-2");
    new Repository(stack, "Image-api", { account, repositoryName: "surveillance/api", encryptionKey, ...props });
  });
}

test("minimal: tags are for good, images are scanned and encrypted, and nothing goes by accident", () => {
  const stack = repository();
  expect(stack.census).toEqual({ aws_ecr_repository: 1, aws_ecr_lifecycle_policy: 1 });
  expect(stack.only("aws_ecr_repository")).toEqual({
    name: "surveillance/api",
    image_tag_mutability: "IMMUTABLE",
    image_scanning_configuration: { scan_on_push: true },
    encryption_configuration: [{ encryption_type: "KMS", kms_key: "arn:aws:kms:eu-west-3:111122223333:key/1-2" }],
    force_delete: false,
    lifecycle: { prevent_destroy: true },
  });
});

test("images without a tag go after 14 days, and no others", () => {
  expect(parsed(repository().only("aws_ecr_lifecycle_policy"), "policy")).toEqual({
    rules: [
      {
        rulePriority: 1,
        description: "Images without a tag",
        selection: { tagStatus: "untagged", countType: "sinceImagePushed", countUnit: "days", countNumber: 14 },
        action: { type: "expire" },
      },
    ],
  });
});

test("maximal: other accounts pull and do nothing else, and everything can go", () => {
  const stack = repository({ pullAccountIds: OTHERS, untaggedDays: 365, removal: "destroy" });
  expect(stack.census).toEqual({ aws_ecr_repository: 1, aws_ecr_lifecycle_policy: 1, aws_ecr_repository_policy: 1 });
  expect(stack.only("aws_ecr_repository")).toMatchObject({
    force_delete: true,
    lifecycle: { prevent_destroy: false },
  });
  expect(stack.only("aws_ecr_lifecycle_policy").policy).toContain('"countNumber":365');
  expect(parsed(stack.only("aws_ecr_repository_policy"), "policy")).toEqual({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "Pull",
        Effect: "Allow",
        Principal: { AWS: ["arn:aws:iam::444455556666:root", "arn:aws:iam::777788889999:root"] },
        Action: ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      },
    ],
  });
});

test("accounts of another partition have its ARNs", () => {
  const stack = repository({ account: { ...account, region: "cn-north-1" }, pullAccountIds: ["444455556666"] });
  expect(stack.only("aws_ecr_repository_policy").policy).toContain("arn:aws-cn:iam::444455556666:root");
});

test.each(["ab", "a/b", "a.b_c-d/e", `${"a".repeat(256)}`])("%s is a name", (repositoryName) => {
  expect(repository({ repositoryName }).only("aws_ecr_repository").name).toBe(repositoryName);
});

const RULE = "must have lower-case letters and digits, one of '.', '_', '-' between them, and '/' between segments";

test.each(["Api", "api/", "/api", "a//b", "a--b", "-api", "api_", "a b", "api:1"])(
  "%s is no name",
  (repositoryName) => {
    expect(messageOf(() => repository({ repositoryName }))).toBe(
      `'repositoryName' ${RULE}, got "${repositoryName}" at test/Image-api`,
    );
  },
);

test.each([
  ["a", 1],
  ["a".repeat(257), 257],
])("%s is too short or too long", (repositoryName, length) => {
  expect(messageOf(() => repository({ repositoryName }))).toBe(
    `'repositoryName' must have 2 to 256 characters, has ${length}, got "${repositoryName}" at test/Image-api`,
  );
});

test.each([0, 366, 1.5])("%s days are out of range", (untaggedDays) => {
  expect(messageOf(() => repository({ untaggedDays }))).toBe(
    `'untaggedDays' must be a whole number from 1 to 365, got ${untaggedDays} at test/Image-api`,
  );
});
