import { Construct } from "constructs";
import { type AwsAccount, checkAccount } from "../core/account";
import { Faults } from "../core/faults";
import type { Removal } from "../core/removal";
import { Key } from "../kms/key";
import { checkRepositories, type RepositoryOptions } from "./check-repositories";
import { CHARTS_PATH, chartsAddress, registryHost } from "./registry-address";
import { Repository } from "./repository";

export interface RegistryProps extends RepositoryOptions {
  readonly account: AwsAccount;
  /** Names the key. Changing it replaces the key's alias. */
  readonly registryName: string;
  /** `retain` guards repositories and key; `destroy` lets repositories go with what is in them. @default "retain" */
  readonly removal?: Removal;
}

/**
 * Repositories for images and charts in an account's registry, under a key of their own.
 *
 * The key's policy names nobody but the account: ECR gets what it needs by grants, which it makes in the name of whoever creates a
 * repository. That role needs `kms:CreateGrant`, `kms:RetireGrant` and `kms:DescribeKey`; who pushes or pulls needs nothing of the key.
 *
 * Creates one key with its alias, and a `Repository` for each image (`<name>`) and each chart (`charts/<name>`).
 *
 * @throws {ValidationError} if a name is not one that ECR allows or stands twice, an account id is wrong, or `untaggedDays` is out of range
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/encryption-at-rest.html
 * @example
 * new Registry(this, "Registry", { account, registryName: "registry", images: ["surveillance/api"], charts: ["surveillance-api"] });
 */
export class Registry extends Construct {
  /** For example `111122223333.dkr.ecr.eu-west-3.amazonaws.com`. */
  readonly host: string;
  /** Where charts are pushed to, and what a release's `repository` is: `oci://<host>/charts`. */
  readonly chartsAddress: string;
  /** In the order of the names given: images first. */
  readonly repositories: readonly Repository[];
  readonly key: Key;

  constructor(scope: Construct, id: string, { account, registryName, images, charts, ...rest }: RegistryProps) {
    super(scope, id);
    const { pullAccountIds, untaggedDays, removal } = rest;
    const faults = new Faults(this.node.path);
    checkAccount(faults, "account", account);
    checkRepositories(faults, { images, charts, pullAccountIds, untaggedDays }, account, (name) => name);
    faults.throwIfAny();

    this.host = registryHost(account);
    this.chartsAddress = chartsAddress(account);
    this.key = new Key(this, "Key", {
      account,
      alias: `${registryName}/repositories`,
      description: `Images and charts of ${registryName}`,
      removal,
    });
    const common = { account, encryptionKey: this.key, pullAccountIds, untaggedDays, removal };
    const repository = (kind: string, name: string, repositoryName: string) =>
      new Repository(this, `${kind}-${name}`, { ...common, repositoryName });
    this.repositories = [
      ...images.map((name) => repository("Image", name, name)),
      ...charts.map((name) => repository("Chart", name, `${CHARTS_PATH}/${name}`)),
    ];
  }
}
