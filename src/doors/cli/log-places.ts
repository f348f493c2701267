import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { CannotStart } from "#platform/cannot-start";
import type { ReadPath } from "#standards/tlog/check-log";

const ANSWER_MS = 30_000;

/** Reads a log at an address (`https://…/log`) or in a folder. Not found is null; any other failure is thrown. */
export function readerOf(from: string): ReadPath {
  return /^https?:\/\//.test(from) ? readerAt(from.replace(/\/$/, "")) : readerIn(from);
}

function readerAt(address: string): ReadPath {
  return async (path) => {
    const response = await fetch(`${address}/${path}`, { signal: AbortSignal.timeout(ANSWER_MS) }).catch((cause: unknown) => {
      throw unreadable(`${address}/${path}`, cause);
    });
    if (response.status === 404) return null;
    if (!response.ok) throw unreadable(`${address}/${path}`, response.status);
    return new Uint8Array(await response.arrayBuffer());
  };
}

function unreadable(address: string, cause: unknown): CannotStart {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new CannotStart(`读不到 ${address}：${why}`, `Couldn't read ${address}: ${why}`, cause);
}

function readerIn(folder: string): ReadPath {
  return async (path) => {
    try {
      return await readFile(join(folder, path));
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
      throw error;
    }
  };
}

/** The keys a log says are its own: trusted only because it says so. */
export async function vkeysFrom(read: ReadPath): Promise<readonly string[]> {
  const bytes = await read("vkey");
  return bytes === null ? [] : new TextDecoder().decode(bytes).trim().split("\n");
}
