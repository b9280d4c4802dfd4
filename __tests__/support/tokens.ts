import { Token } from "cdktf";

/** A value that is known only at apply. */
export function aToken(): string {
  return Token.asString({ resolve: () => "known-at-apply", creationStack: [], toString: () => "token" });
}

/** A list that is known only at apply. */
export function aListToken(): string[] {
  return Token.asList({ resolve: () => ["known-at-apply"], creationStack: [], toString: () => "token" });
}

/** A number that is known only at apply. */
export function aNumberToken(): number {
  return Token.asNumber({ resolve: () => 1, creationStack: [], toString: () => "token" });
}
