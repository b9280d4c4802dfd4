import { stateKey, stateLocation } from "../../../lib/state/state-location";
import { account } from "../../support/account";

test("an account's state lies where its id and region say, before any of it exists", () => {
  expect(stateLocation(account)).toEqual({
    account,
    bucketName: "eks-platform-tfstate-111122223333-eu-west-3",
    logBucketName: "eks-platform-tfstate-logs-111122223333-eu-west-3",
    replicaBucketName: "eks-platform-tfstate-copy-111122223333-eu-west-3",
    lockTableName: "eks-platform-tfstate-locks",
    keyAlias: "eks-platform/tfstate",
    keyAliasArn: "arn:aws:kms:eu-west-3:111122223333:alias/eks-platform/tfstate",
  });
});

test("a prefix of the account's own begins every name", () => {
  expect(stateLocation(account, "acme")).toEqual({
    account,
    bucketName: "acme-tfstate-111122223333-eu-west-3",
    logBucketName: "acme-tfstate-logs-111122223333-eu-west-3",
    replicaBucketName: "acme-tfstate-copy-111122223333-eu-west-3",
    lockTableName: "acme-tfstate-locks",
    keyAlias: "acme/tfstate",
    keyAliasArn: "arn:aws:kms:eu-west-3:111122223333:alias/acme/tfstate",
  });
});

test("two accounts, or two regions of one, never share a bucket", () => {
  const places = [account, { ...account, accountId: "444455556666" }, { ...account, region: "eu-central-1" }];
  const buckets = places
    .map((place) => stateLocation(place))
    .flatMap(({ bucketName, logBucketName, replicaBucketName }) => [bucketName, logBucketName, replicaBucketName]);
  expect(new Set(buckets).size).toBe(9);
});

test("a stack's object is named after the stack, and stays there", () => {
  expect(stateKey("staging")).toBe("stacks/staging/terraform.tfstate");
});
