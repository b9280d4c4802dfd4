import {
  aChangeIsSeen,
  faultsAreNamed,
  snapshotsAreNotRenewed,
  synthesisedWithoutAccount,
  testsPassInCi,
} from "./consumer/checks";
import { HEADING, type Repositories, repositories } from "./consumer/repository";
import { Report } from "./report";

/** `npm run e2e:consumer`: a team's repository, made from nothing by the words of the README. No account, no emulator, no Terraform. */
async function main(): Promise<void> {
  const report = new Report();
  let made: Repositories | undefined;
  const make = async () => {
    made = await repositories();
    return `${made.blocks} blocks of "${HEADING}" in the README, word for word`;
  };
  try {
    await report.step("the walk-through", make, { needed: true });
    if (!made) return;
    const { team } = made;
    await report.step("synth without an account", () => synthesisedWithoutAccount(team));
    await report.step("its tests in CI", () => testsPassInCi(team));
    await report.step("a change is seen by its snapshot", () => aChangeIsSeen(team));
    await report.step("a snapshot is not renewed in CI", () => snapshotsAreNotRenewed(team));
    await report.step("bad input ends synth", () => faultsAreNamed(team));
  } finally {
    report.print();
  }
  if (report.failed > 0) process.exitCode = 1;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
