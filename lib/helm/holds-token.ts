import { Token } from "cdktf";

/** What may be a number that stands for a token: cdktf takes huge negative ones, and finds them within text too. */
const HUGE_NUMBER = /-\d(?:\.\d+)?e\+\d+/g;

/** Whether something of it is known only at apply. */
export function holdsToken(value: unknown): boolean {
  if (Token.isUnresolved(value)) return true;
  if (typeof value !== "string") return false;
  return (value.match(HUGE_NUMBER) ?? []).some(
    (text) => Token.isUnresolved(Number(text)) || Token.isUnresolved([Number(text)]),
  );
}
