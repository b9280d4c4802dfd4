import { App, TerraformStack } from "cdktf";
import { RenderedStack } from "../rendering/render";
import { snapshotText, snapshotTexts } from "../snapshot/snapshot";
import { StackUnderTest } from "../stack/stack-under-test";

/** Lets `expect(stack).toMatchSnapshot()` show what `snapshotOf` answers, of a rendered one too; of an app, what it answers for each stack, by its name. */
export const stackSerializer = {
  test: (value: unknown): boolean =>
    value instanceof StackUnderTest ||
    value instanceof RenderedStack ||
    TerraformStack.isStack(value) ||
    App.isApp(value),
  serialize: (value: StackUnderTest | RenderedStack | TerraformStack | App): string =>
    App.isApp(value) ? snapshotTexts(value) : snapshotText(value),
};
