import { REGION } from "../core/account";
import { DNS_LABEL } from "../core/kubernetes-names";

export interface RenewCommand {
  readonly environment: string;
  /** @default - the reader fills it in */
  readonly team?: string;
  /** @default - the reader fills it in */
  readonly region?: string;
  readonly file: string;
}

/** The command that writes a contract's file anew, as messages show it: a shell takes it as it is, but for what the reader fills in. */
export function renewCommand({ environment, team = "<team>", region = "<region>", file }: RenewCommand): string {
  const words = ["--ssm", "--team", team, "--region", region, "--file", file];
  return ["npx eks-platform contract", ...[environment, ...words].map(quotedForShell)].join(" ");
}

/**
 * The same, with the team and the region that what should be a contract says, as far as they are such. The region of another environment's
 * contract says nothing.
 */
export function renewCommandOf(given: unknown, { environment, region, file }: RenewCommand): string {
  const account = fieldOf(given, "account");
  const isOwn = fieldOf(given, "environment") === environment;
  return renewCommand({
    environment,
    team: textLike(DNS_LABEL, fieldOf(given, "team")),
    region: region ?? (isOwn ? textLike(REGION, fieldOf(account, "region")) : undefined),
    file,
  });
}

/** Where a contract lies unless somebody says otherwise, from the folder that synth runs in. */
export function contractFile(environment: string): string {
  return `contracts/${environment}.json`;
}

function fieldOf(given: unknown, key: string): unknown {
  return typeof given === "object" && given !== null ? Reflect.get(given, key) : undefined;
}

function textLike(pattern: RegExp, value: unknown): string | undefined {
  return typeof value === "string" && pattern.test(value) ? value : undefined;
}

/** What a shell would take for something else stands in single quotes. */
function quotedForShell(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
