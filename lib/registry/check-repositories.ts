import { ACCOUNT_ID, type AwsAccount } from "../core/account";
import type { Faults } from "../core/faults";
import { CHARTS_PATH } from "./registry-address";

/** What a registry holds, and who else pulls from it. */
export interface RepositoryOptions {
  /**
   * Names of the repositories for images, as ECR has them: 2-256 lower-case letters and digits, with one of `.`, `_`, `-` between them, in
   * segments with `/` between them. Changing a name replaces the repository.
   */
  readonly images: readonly string[];
  /** Names of charts, as their `Chart.yaml` has them. Each gets the repository `charts/<name>`. Changing a name replaces it. */
  readonly charts: readonly string[];
  /**
   * Other accounts whose roles may pull, as far as their own IAM policies allow it. Twelve digits each.
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
}

const SEGMENT = "[a-z0-9]+(?:[._-][a-z0-9]+)*";
/** @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html */
const REPOSITORY_NAME = new RegExp(`^(?:${SEGMENT}/)*${SEGMENT}$`);
const CHART_NAME = new RegExp(`^${SEGMENT}$`);
const NAME_MAX_LENGTH = 256;

/** Adds what is wrong with the repositories of a registry. */
export function checkRepositories(
  faults: Faults,
  { images, charts, pullAccountIds = [], untaggedDays }: RepositoryOptions,
  account: AwsAccount,
  property: (name: string) => string,
): void {
  const some = images.length + charts.length > 0;
  faults.check(some, property("images"), "must name at least one repository, or 'charts' one chart");
  for (const name of images) checkImage(faults, property("images"), name);
  for (const name of charts) checkChart(faults, property("charts"), name);
  faults.unique(property("images"), images).unique(property("charts"), charts);
  for (const id of pullAccountIds) {
    faults
      .literal(property("pullAccountIds"), id)
      .matches(property("pullAccountIds"), id, ACCOUNT_ID, "must be twelve digits")
      .check(
        id !== account.accountId,
        property("pullAccountIds"),
        "must be other accounts",
        id,
        "the registry's own account pulls by its IAM policies alone",
      );
  }
  faults.unique(property("pullAccountIds"), pullAccountIds).integer(property("untaggedDays"), untaggedDays, 1, 365);
}

/** Adds what is wrong with the name of a repository. */
export function checkRepositoryName(faults: Faults, property: string, name: string): void {
  faults
    .literal(property, name)
    .matches(
      property,
      name,
      REPOSITORY_NAME,
      "must have lower-case letters and digits, one of '.', '_', '-' between them, and '/' between segments",
    )
    .length(property, name, 2, NAME_MAX_LENGTH);
}

function checkImage(faults: Faults, property: string, name: string): void {
  checkRepositoryName(faults, property, name);
  const isChart = name.startsWith(`${CHARTS_PATH}/`);
  faults.check(!isChart, property, `must not begin with ${CHARTS_PATH}/`, name, "name the chart in 'charts'");
}

function checkChart(faults: Faults, property: string, name: string): void {
  faults
    .literal(property, name)
    .matches(
      property,
      name,
      CHART_NAME,
      "must be a chart's name: lower-case letters and digits, one of '.', '_', '-' between them",
    )
    .length(property, name, 1, NAME_MAX_LENGTH - CHARTS_PATH.length - 1);
}
