export interface RenewCommand {
  readonly environment: string;
  /** @default - the reader fills it in */
  readonly team?: string;
  /** @default - the reader fills it in */
  readonly region?: string;
  readonly file: string;
}

/** The command that writes a contract's file anew, as messages show it. */
export function renewCommand({ environment, team = "<team>", region = "<region>", file }: RenewCommand): string {
  return `npx eks-platform contract ${environment} --ssm --team ${team} --region ${region} --file ${file}`;
}

/** Where a contract lies unless somebody says otherwise, from the folder that synth runs in. */
export function contractFile(environment: string): string {
  return `contracts/${environment}.json`;
}
