import { App, TerraformStack } from "cdktf";
import { snapshotText, snapshotTexts } from "../snapshot/snapshot";
import { StackUnderTest } from "../stack/stack-under-test";

/** Lets `expect(stack).toMatchSnapshot()` show what `snapshotOf` answers; of an app, what it answers for each stack, by its name. */
export const stackSerializer = {
  test: (value: unknown): boolean =>
    value instanceof StackUnderTest || TerraformStack.isStack(value) || App.isApp(value),
  serialize: (value: StackUnderTest | TerraformStack | App): string =>
    App.isApp(value) ? snapshotTexts(value) : snapshotText(value),
};
