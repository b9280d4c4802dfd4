import { setTimeout as sleep } from "node:timers/promises";
import { inParallel } from "../../../../lib/render/helm/in-parallel";

test("no more tasks run at once than there are places, and all of them run in order", async () => {
  const limit = inParallel(3);
  const begun: number[] = [];
  let running = 0;
  let most = 0;
  const results = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      limit(async () => {
        begun.push(index);
        running += 1;
        most = Math.max(most, running);
        await sleep(index % 3);
        running -= 1;
        return index * 2;
      }),
    ),
  );
  expect(most).toBe(3);
  expect(begun).toEqual(Array.from({ length: 20 }, (_, index) => index));
  expect(results).toEqual(begun.map((index) => index * 2));
});

test("a task that fails gives its place back", async () => {
  const limit = inParallel(1);
  const failing = limit(() => Promise.reject(new Error("no")));
  const next = limit(async () => "yes");
  await expect(failing).rejects.toThrow("no");
  await expect(next).resolves.toBe("yes");
  await expect(limit(async () => "again")).resolves.toBe("again");
});
