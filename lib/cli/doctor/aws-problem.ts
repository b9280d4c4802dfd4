export interface AwsProblem {
  /** `login`: the credentials are the trouble. `absent`: what was asked for is not there. */
  readonly kind: "login" | "absent" | "denied" | "unreachable" | "other";
  /** One line, without a secret. */
  readonly says: string;
  readonly fix: string;
}

type Rule = readonly [pattern: RegExp, kind: AwsProblem["kind"], fix: (profile: string) => string];

/** What the AWS CLI says when it fails, in both of its versions. The first rule that fits counts. */
const RULES: readonly Rule[] = [
  [/\bSSO\b|sso login|Token has expired and refresh failed/i, "login", (profile) => `run: aws sso login${profile}`],
  [
    /profile .*could not be found/,
    "login",
    () => 'name another in AWS_PROFILE: "aws configure list-profiles" lists them',
  ],
  [/\bExpiredToken|RequestExpired|credentials.* expired/, "login", () => "they ran out: log in again"],
  [/Unable to locate credentials|NoCredentials/, "login", () => "log in, or set AWS_PROFILE"],
  [
    /SignatureDoesNotMatch|Signature expired|not yet current/,
    "login",
    () => "check the secret key and this machine's clock",
  ],
  [
    /InvalidClientTokenId|UnrecognizedClient|InvalidAccessKeyId|AuthFailure/,
    "login",
    () => "log in again: AWS does not know this key",
  ],
  [/custom-process|MultiFactor|MFA/, "login", () => "log in in a shell first, then run this again"],
  [/\(404\)|NoSuch|NotFound|does not exist/, "absent", () => "see that name and region are right"],
  [/\(403\)|AccessDenied|not authorized|Unauthorized|Forbidden/, "denied", () => "ask for the permission"],
  [
    /Could not connect|timed? ?out|Connection was closed|proxy|SSL validation/i,
    "unreachable",
    () => "check network and proxy",
  ],
];

/** Reads an error of the AWS CLI. */
export function awsProblem(errors: string, profile: string | undefined): AwsProblem {
  const says = oneLine(errors);
  const flag = profile ? ` --profile ${profile}` : "";
  const [, kind, fix] = RULES.find(([pattern]) => pattern.test(says)) ?? [];
  return { kind: kind ?? "other", says, fix: fix?.(flag) ?? "mend what it says" };
}

const LONGEST = 300;

/** What others wrote, fit for one line of a terminal. */
export function oneLine(text: string): string {
  const line = text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a terminal
    .replace(/[\u0000-\u001f\u007f-\u009f]+/g, " ")
    .replace(/^\s*(aws: \[ERROR\]: )?/, "")
    .replace(/An error occurred (\(\w+\)) when calling the (\w+) operation( \(.*?\))?: /, "$2 $1: ")
    .trim()
    .replace(/\.$/, "");
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}...` : line;
}
