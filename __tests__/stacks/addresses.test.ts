import { platform } from "../../stacks/environments";
import { synthesizePlatform } from "../support/platform";

const stacks = synthesizePlatform(platform);

/** An address that changes is a resource that is destroyed and made again, unless it is moved. */
test.each(Object.keys(stacks))("%s keeps the address of every resource", (name) => {
  expect(stacks[name]?.addresses.length).toBeGreaterThanOrEqual(6);
  expect(stacks[name]?.addresses).toMatchSnapshot();
});
