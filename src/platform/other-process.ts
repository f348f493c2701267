import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** Whether a process of this number runs; one that ended and was not yet collected by its parent does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
  return statOf(pid)?.state !== "Z";
}

/**
 * When a process began, as a mark to compare: process numbers are used again, a number with its mark is not.
 * Null where the system does not say; then only the number counts.
 */
export function startMarkOf(pid: number): string | null {
  if (process.platform === "linux") {
    const stat = statOf(pid);
    return stat === null ? null : `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()}/${stat.started}`;
  }
  return ask(pid, "lstart=");
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

/** proc_pid_stat(5): the name in brackets may hold anything, so the fields are counted from its last bracket. */
function statOf(pid: number): { state: string; started: string } | null {
  try {
    const [state = "", ...fields] = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\)\s+/s, "")
      .split(" ");
    return { state, started: fields[18] ?? "" };
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
