/** What the user can mend: shown as one line, without a stack trace. */
export class CommandError extends Error {
  constructor(
    problem: string,
    fix?: string,
    readonly exitCode = 1,
  ) {
    super(fix ? `${problem}; ${fix}` : problem);
    this.name = "CommandError";
  }
}
