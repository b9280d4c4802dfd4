import { TerraformStack } from "cdktf";
import { snapshotText } from "../snapshot";
import { StackUnderTest } from "../stack-under-test";

/** Lets `expect(stack).toMatchSnapshot()` show what `snapshotOf` answers. */
export const stackSerializer = {
  test: (value: unknown): boolean => value instanceof StackUnderTest || TerraformStack.isStack(value),
  serialize: (value: StackUnderTest | TerraformStack): string => snapshotText(value),
};
