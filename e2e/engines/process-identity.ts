import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/**
 * When this process was started, in whatever unit the system gives, or undefined when there is no such process.
 * A pid together with its start time never means another process, however often pids are used again.
 */
export function startTimeOf(pid: number): string | undefined {
  return process.platform === "linux" ? fromProc(pid) : fromPs(pid);
}

function fromProc(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name in brackets may hold spaces and brackets, so fields are counted after the last one.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const [state] = fields;
    return state === "Z" || state === "X" ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

function fromPs(pid: number): string | undefined {
  try {
    const options = { encoding: "utf8", env: { ...process.env, LC_ALL: "C" }, stdio: "pipe" } as const;
    const [state, ...started] = execFileSync("ps", ["-o", "state=,lstart=", "-p", String(pid)], options)
      .trim()
      .split(/\s+/);
    return state?.startsWith("Z") === true ? undefined : started.join(" ");
  } catch {
    return undefined;
  }
}
