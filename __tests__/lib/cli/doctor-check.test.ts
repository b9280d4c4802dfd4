import { type Check, fail, ok, runChecks, skip, warn } from "../../../lib/cli/doctor/check";

function check(name: string, run: Check["run"], needs?: readonly string[]): Check {
  return { name, run, needs };
}

test("results come in the order of the list, whatever is done first", async () => {
  const slow = new Promise<ReturnType<typeof ok>>((resolve) => setTimeout(() => resolve(ok("slow")), 20));
  const results = await Promise.all(runChecks([check("a", () => slow), check("b", () => ok("fast"))]));
  expect(results).toEqual([
    { name: "a", status: "ok", detail: "slow" },
    { name: "b", status: "ok", detail: "fast" },
  ]);
});

test("checks that do not need each other run at the same time", async () => {
  let meet = (_: ReturnType<typeof ok>): void => {};
  const met = new Promise<ReturnType<typeof ok>>((resolve) => {
    meet = resolve;
  });
  const comes = check("b", () => {
    meet(ok("met"));
    return ok("came");
  });
  const results = await Promise.all(runChecks([check("a", () => met), comes]));
  expect(results.map(({ status }) => status)).toEqual(["ok", "ok"]);
});

test("what needs a failed or skipped check is not run, and says which one; a warning is good enough", async () => {
  const ran: string[] = [];
  const run = (name: string) => () => {
    ran.push(name);
    return ok("");
  };
  const results = await Promise.all(
    runChecks([
      check("fails", () => fail("x")),
      check("skips", () => skip("x")),
      check("warns", () => warn("x")),
      check("after fails", run("after fails"), ["fails"]),
      check("after skips", run("after skips"), ["warns", "skips"]),
      check("after warns", run("after warns"), ["warns"]),
      check("after those", run("after those"), ["after fails"]),
    ]),
  );
  expect(ran).toEqual(["after warns"]);
  expect(results.filter(({ status }) => status === "skip").map(({ name, detail }) => `${name}: ${detail}`)).toEqual([
    "skips: x",
    "after fails: was not asked for: needs fails",
    "after skips: was not asked for: needs skips",
    "after those: was not asked for: needs after fails",
  ]);
});

test("a check that breaks is a failure of its own, and the others go on", async () => {
  const broken = check("broken", () => Promise.reject(new Error("spawn ENOTDIR")));
  const results = await Promise.all(runChecks([broken, check("other", () => ok("fine"))]));
  expect(results).toEqual([
    { name: "broken", status: "fail", detail: "could not be asked for: spawn ENOTDIR" },
    { name: "other", status: "ok", detail: "fine" },
  ]);
});
