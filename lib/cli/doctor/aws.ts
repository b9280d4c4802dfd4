import type { AskTool } from "./ask-tool";
import { type AwsProblem, awsProblem } from "./aws-problem";
import type { AssumedRole } from "./stack";

export type AwsAnswer<T> =
  | { readonly answer: T; readonly problem?: undefined }
  | { readonly answer?: undefined; readonly problem: AwsProblem };

type Variables = Readonly<Record<string, string | undefined>>;

export interface AwsOptions {
  readonly ask: AskTool;
  readonly region: string;
  /** Named in fixes. */
  readonly profile?: string;
}

/** The smallest that AWS allows. @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
const SESSION_SECONDS = 900;

/** Asks AWS through its CLI, in one region and as one identity. The same question is asked once. */
export class Aws {
  private readonly asked = new Map<string, Promise<AwsAnswer<string>>>();

  constructor(
    private readonly options: AwsOptions,
    /** Variables that make a caller this identity; empty of whoever runs the command. Secret. */
    readonly credentials: Variables = {},
  ) {}

  /** The same identity in another region. */
  in(region: string): Aws {
    return new Aws({ ...this.options, region }, this.credentials);
  }

  /** What the CLI prints. */
  text(...args: string[]): Promise<AwsAnswer<string>> {
    const question = JSON.stringify(args);
    const answer = this.asked.get(question) ?? this.run(args);
    this.asked.set(question, answer);
    return answer;
  }

  /** What the CLI prints, read as JSON. */
  async json<T>(...args: string[]): Promise<AwsAnswer<T>> {
    const { answer, problem } = await this.text(...args);
    if (problem) return { problem };
    return { answer: (answer.trim() === "" ? {} : JSON.parse(answer)) as T };
  }

  /** The same region, as a role. */
  async assume({ roleArn, sessionName, externalId }: AssumedRole): Promise<AwsAnswer<Aws>> {
    const { answer, problem } = await this.json<AssumeRoleAnswer>(
      ...["sts", "assume-role", "--role-arn", roleArn, "--role-session-name", sessionName ?? "cdktf-eks-platform"],
      ...["--duration-seconds", String(SESSION_SECONDS)],
      ...(externalId ? ["--external-id", externalId] : []),
    );
    if (problem) return { problem };
    // By variables: arguments are seen by everybody in the list of processes.
    const credentials = {
      AWS_ACCESS_KEY_ID: answer.Credentials.AccessKeyId,
      AWS_SECRET_ACCESS_KEY: answer.Credentials.SecretAccessKey,
      AWS_SESSION_TOKEN: answer.Credentials.SessionToken,
    };
    return { answer: new Aws(this.options, credentials) };
  }

  private async run(args: readonly string[]): Promise<AwsAnswer<string>> {
    const { ask, region, profile } = this.options;
    const env = { ...this.credentials, AWS_PAGER: "", AWS_MAX_ATTEMPTS: "2" };
    const answer = await ask("aws", [...args, "--region", region, "--output", "json", ...BOUNDS], { env });
    if (answer.kind === "ended" && answer.exitCode === 0) return { answer: answer.output };
    if (answer.kind === "ended") return { problem: awsProblem(answer.errors, profile) };
    const says = answer.kind === "missing" ? "the AWS CLI is gone" : `no answer within ${answer.seconds} s`;
    return {
      problem: { kind: "unreachable", says, fix: "run the same with --timeout 60, or check network and proxy" },
    };
  }
}

/** Of one connection, in seconds. */
const BOUNDS = ["--cli-connect-timeout", "5", "--cli-read-timeout", "15"];

interface AssumeRoleAnswer {
  readonly Credentials: {
    readonly AccessKeyId: string;
    readonly SecretAccessKey: string;
    readonly SessionToken: string;
  };
}

/** Arguments for another address than the usual one of a service. */
export function at(endpoint: string | undefined): readonly string[] {
  return endpoint ? ["--endpoint-url", endpoint] : [];
}
