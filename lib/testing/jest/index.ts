import { expect } from "@jest/globals";
import { refuseUpdateInCi } from "../recording/refuse-update";
import { type StackMatchers, stackMatchers } from "./matchers";
import { stackSerializer } from "./serializer";

declare module "expect" {
  interface Matchers<R extends void | Promise<void>, T = unknown> extends StackMatchers<R> {}
}

declare global {
  namespace jest {
    // biome-ignore lint/complexity/noBannedTypes: both declarations must have the same parameters
    interface Matchers<R, T = {}> extends StackMatchers<R> {}
  }
}

refuseUpdateInCi(expect.getState());
expect.extend(stackMatchers);
expect.addSnapshotSerializer(stackSerializer);

export type { StackMatchers } from "./matchers";
