import { existsSync, readFileSync, writeFileSync } from "node:fs";

/** Loaded before a program (`node --require`); at its end writes what it used to the file that the variable names. */
const file = process.env.BENCH_USAGE;
if (file)
  process.on("exit", () => writeFileSync(file, JSON.stringify({ cpuSeconds: cpuSeconds(), peakMemory: peakMemory() })));

function cpuSeconds(): number {
  const { userCPUTime, systemCPUTime } = process.resourceUsage();
  return (userCPUTime + systemCPUTime) / 1e6;
}

/**
 * MiB. Linux hands the peak of the process that forked on to `maxRSS` (execve keeps it), so that a big parent hides a small child; VmHWM
 * belongs to the program alone.
 */
function peakMemory(): number {
  const status = existsSync("/proc/self/status") ? readFileSync("/proc/self/status", "utf8") : "";
  const highWater = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
  return (highWater ? Number(highWater) : process.resourceUsage().maxRSS) / 1024;
}
