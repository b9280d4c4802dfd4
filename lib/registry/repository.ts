import { EcrLifecyclePolicy } from "@cdktf/provider-aws/lib/ecr-lifecycle-policy";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { EcrRepositoryPolicy } from "@cdktf/provider-aws/lib/ecr-repository-policy";
import { Construct } from "constructs";
import { type AwsAccount, iamArn } from "../core/account";
import { Faults } from "../core/faults";
import { policyJson, type Statement } from "../core/policy-document";
import { guarded, type Removal } from "../core/removal";
import type { IKey } from "../kms/key";
import { checkRepositoryName } from "./check-repositories";
import { repositoryAddress } from "./registry-address";

/** One repository of a registry. */
export interface RepositoryProps {
  readonly account: AwsAccount;
  /** 2-256 characters, for example `surveillance/api`. Changing it replaces the repository, and what is in it. */
  readonly repositoryName: string;
  /** Encrypts images. ECR sets it once: another key replaces the repository. */
  readonly encryptionKey: IKey;
  /**
   * Other accounts whose roles may pull. Twelve digits each.
   *
   * @default - none
   */
  readonly pullAccountIds?: readonly string[];
  /**
   * When images without a tag go. Unit: days. Range: 1-365.
   *
   * @default 14
   */
  readonly untaggedDays?: number;
  /** @default "retain" */
  readonly removal?: Removal;
}

/** What a pull asks for: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonEC2ContainerRegistryPullOnly.html */
const PULL = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];

const DEFAULT_UNTAGGED_DAYS = 14;

/**
 * One repository of ECR, for images or for one chart. A tag means one content for good: pushing another under the same tag fails, and so
 * does pushing a changed chart under the same version. Images are scanned when they are pushed.
 *
 * Creates `aws_ecr_repository`, `aws_ecr_lifecycle_policy` and, with `pullAccountIds`, `aws_ecr_repository_policy`.
 *
 * @throws {ValidationError} if the name is not one that ECR allows, or `untaggedDays` is out of its range
 */
export class Repository extends Construct {
  readonly repositoryName: string;
  /** As an image's `repository` is written: the registry's host and the name. */
  readonly address: string;
  readonly repositoryArn: string;
  readonly resource: EcrRepository;

  constructor(scope: Construct, id: string, props: RepositoryProps) {
    super(scope, id);
    const { account, repositoryName, encryptionKey, pullAccountIds = [], removal = "retain" } = props;
    const untaggedDays = props.untaggedDays ?? DEFAULT_UNTAGGED_DAYS;
    const faults = new Faults(this.node.path).integer("untaggedDays", untaggedDays, 1, 365);
    checkRepositoryName(faults, "repositoryName", repositoryName);
    faults.throwIfAny();

    this.resource = new EcrRepository(this, "Resource", {
      name: repositoryName,
      imageTagMutability: "IMMUTABLE",
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfiguration: [{ encryptionType: "KMS", kmsKey: encryptionKey.keyArn }],
      forceDelete: removal === "destroy",
      lifecycle: guarded(removal),
    });
    new EcrLifecyclePolicy(this, "Lifecycle", {
      repository: this.resource.name,
      policy: JSON.stringify(lifecyclePolicy(untaggedDays)),
    });
    if (pullAccountIds.length > 0) {
      new EcrRepositoryPolicy(this, "Policy", {
        repository: this.resource.name,
        policy: policyJson([pullStatement(account, pullAccountIds)]),
      });
    }
    this.repositoryName = repositoryName;
    this.address = repositoryAddress(account, repositoryName);
    this.repositoryArn = this.resource.arn;
  }
}

/**
 * Images with a tag stay: ECR does not know which of them runs, and a node that starts tomorrow pulls the one of a release of last year.
 * Parts of an image for several architectures have no tag either; ECR keeps them as long as the image.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html
 */
function lifecyclePolicy(untaggedDays: number): object {
  const age = { countType: "sinceImagePushed", countUnit: "days", countNumber: untaggedDays };
  return {
    rules: [
      {
        rulePriority: 1,
        description: "Images without a tag",
        selection: { tagStatus: "untagged", ...age },
        action: { type: "expire" },
      },
    ],
  };
}

/** They need nothing of the key: ECR itself decrypts, by a grant that it has for the repository. */
function pullStatement(account: AwsAccount, accountIds: readonly string[]): Statement {
  return {
    Sid: "Pull",
    Effect: "Allow",
    Principal: { AWS: accountIds.map((accountId) => iamArn({ ...account, accountId }, "root")) },
    Action: PULL,
  };
}
