import type { PoolConfig } from "pg";
import type { Roof } from "./roof.ts";

/** Prints how other tools connect. When the program does not run, the database stays up until Ctrl-C. */
export async function psql(roof: Roof): Promise<number> {
  return roof.visit(async ({ connection, server }) => {
    const address = addressOf(connection);
    roof.print(address);
    roof.print(`psql '${address}'`);
    if (server?.user !== undefined && server.user !== null)
      roof.print(`只有 root 与用户 ${server.user} 能连接 / Only root and the user ${server.user} can connect`);
    if (server === null) return 0;
    roof.print(
      "程序没有在运行：数据库只为这个命令开着，按 Ctrl-C 停止 / The program is not running: the database is up for this command only, Ctrl-C stops it",
    );
    await roof.untilStopped();
    return 0;
  });
}

function addressOf({ connectionString, host, port, user, database, password }: PoolConfig): string {
  if (connectionString !== undefined) return connectionString;
  const query = new URLSearchParams({ host: host ?? "", port: String(port ?? 5432), user: user ?? "" });
  if (typeof password === "string") query.set("password", password);
  return `postgresql:///${database ?? ""}?${query}`;
}
