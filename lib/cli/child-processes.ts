import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";

/** Ids of the processes that a process started itself. */
export function childProcesses(parent: number): number[] {
  // Slim images of Linux have no ps.
  const all = existsSync("/proc/self/stat") ? fromProc() : fromPs();
  return all.filter(([, parentOf]) => parentOf === parent).map(([id]) => id);
}

type IdAndParent = readonly [id: number, parent: number];

/** `<id> (<name>) <state> <parent> ...`, where a name can have anything in it: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function fromProc(): IdAndParent[] {
  const ids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return ids.flatMap((id) => {
    try {
      const stat = readFileSync(`/proc/${id}/stat`, "utf8");
      return [
        [
          Number(id),
          Number(
            stat
              .slice(stat.lastIndexOf(")") + 1)
              .trim()
              .split(" ")[1],
          ),
        ],
      ];
    } catch {
      // It ended meanwhile.
      return [];
    }
  });
}

function fromPs(): IdAndParent[] {
  const rows = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" }).trim().split("\n");
  return rows.map((row) => {
    const [id = 0, parent = 0] = row.trim().split(/\s+/).map(Number);
    return [id, parent];
  });
}
