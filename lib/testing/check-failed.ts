/** A check of a stack does not hold. What a check cannot answer is an Error of another kind, which no negation turns into a success. */
export class CheckFailed extends Error {
  constructor(message: string) {
    super(message);
    this.name = "CheckFailed";
  }
}
