import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** Whether a process of this number runs; one that ended and was not yet collected by its parent does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
  return stateOf(pid) !== "Z";
}

/** The name of the program a process runs; null where the system does not say. */
export function programOf(pid: number): string | null {
  if (process.platform !== "linux") return ask(pid, "comm=");
  try {
    return readFileSync(`/proc/${pid}/comm`, "utf8").trim();
  } catch {
    return null; // it ended meanwhile
  }
}

/** proc_pid_stat(5): the name in brackets may hold anything, so the state is the first field after its last bracket. */
function stateOf(pid: number): string | null {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\)\s+/s, "")
      .slice(0, 1);
  } catch {
    return null; // no /proc here, or it ended meanwhile
  }
}

function ask(pid: number, field: string): string | null {
  if (process.platform === "win32") return null;
  try {
    return execFileSync("ps", ["-o", field, "-p", String(pid)], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return null; // ps ends with 1 when there is no such process
  }
}
