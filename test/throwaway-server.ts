import { spawn } from "node:child_process";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { startPostgresServer } from "#platform/postgres-server/postgres-server";
import { quickFolder } from "./quick-folder.ts";

/**
 * An embedded PostgreSQL for one run of tests, in a folder of its own. It does not outlive this process, however that ends:
 * a shell that waits at the end of a pipe only we hold open stops it and clears the folder.
 */
export async function startThrowawayServer() {
  const folder = await mkdtemp(join(await quickFolder(), "sanwen-test-"));
  await chmod(folder, 0o711); // as root the server runs as somebody else, who must pass
  const server = await startPostgresServer(folder, () => undefined, {
    fsync: "off",
    full_page_writes: "off",
    synchronous_commit: "off",
    max_connections: "200",
    shared_buffers: "128MB",
    max_wal_size: "256MB",
    autovacuum: "off",
  });
  const guard = watch(server.pid, folder);
  return {
    folder,
    connection: server.connection,
    address: (database: string) => `postgres://sanwen@localhost/${database}?host=${encodeURIComponent(String(server.connection.host))}`,
    async stop() {
      await server.stop();
      guard?.stdin.end();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function watch(pid: number, folder: string) {
  if (process.platform === "win32") return null;
  const script = 'cat >/dev/null; kill -QUIT "$0" 2>/dev/null; while kill -0 "$0" 2>/dev/null; do sleep 0.1; done; rm -rf "$1"';
  const guard = spawn("sh", ["-c", script, String(pid), folder], { stdio: ["pipe", "ignore", "ignore"], detached: true });
  guard.unref();
  if ("unref" in guard.stdin && typeof guard.stdin.unref === "function") guard.stdin.unref();
  return guard;
}
