/** What the user can mend: shown as one line, without a stack trace. */
export class RenderError extends Error {
  constructor(
    readonly problem: string,
    readonly fix?: string,
  ) {
    super(fix ? `${problem}; ${fix}` : problem);
    this.name = "RenderError";
  }
}
