/** Watches Terraform's lines and says now and then how far it is. */
export class Progress {
  private done = 0;

  constructor(
    private readonly log: (line: string) => void,
    private readonly every = 10,
  ) {}

  readonly onLine = (line: string): void => {
    if (!/(Creation|Modifications|Destruction) complete after/.test(line)) return;
    this.done += 1;
    if (this.done % this.every !== 0) return;
    const address = /\b((?:aws|helm|kubernetes|terraform)_\w+)\./.exec(line)?.[1] ?? "";
    this.log(`  ${this.done} resources done, last ${address}`);
  };

  get count(): number {
    return this.done;
  }
}
