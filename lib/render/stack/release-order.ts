import type { Finding } from "../checks/finding";
import type { StackRelease } from "./stack-releases";

/** All releases that come before one, directly or not. */
export function releasesBefore(release: StackRelease, all: readonly StackRelease[]): StackRelease[] {
  const found = new Set<StackRelease>();
  const visit = ({ after }: StackRelease): void => {
    for (const other of all.filter(({ source }) => after.includes(source))) {
      if (found.has(other)) continue;
      found.add(other);
      visit(other);
    }
  };
  visit(release);
  return [...found];
}

/**
 * What is wrong with the releases of an environment as a whole; nothing can be rendered then.
 *
 * @param unread Sources of releases that are there but cannot be read.
 */
export function checkOrder(releases: readonly StackRelease[], unread: readonly string[]): Finding[] {
  const sources = releases.map(({ source }) => source);
  const known = new Set([...sources, ...unread]);
  return releases.flatMap((release, index) => {
    const { source, after } = release;
    const finding = (message: string): Finding => ({ severity: "error", check: "release", source, message });
    const missing = after.filter((other) => !known.has(other));
    return [
      ...(sources.indexOf(source) === index
        ? []
        : [finding("is there twice: Helm knows a release by namespace and name")]),
      ...missing.map((other) => finding(`comes after ${other}, which is not in this stack`)),
      ...(releasesBefore(release, releases).includes(release) ? [finding("comes after itself")] : []),
    ];
  });
}
