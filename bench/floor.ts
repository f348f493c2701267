import { createServer, type IncomingMessage } from "node:http";
import { createHash, randomUUID } from "node:crypto";
import { Pool } from "pg";
import { z } from "zod";
import { openPool } from "#platform/database";

/** What the floor is told to do: for each address the query of the real page and as many bytes as it sends. */
const Plan = z.object({
  connection: z.record(z.string(), z.unknown()),
  pages: z.record(z.string(), z.object({ sql: z.string(), parameters: z.array(z.unknown()), bytes: z.number() })),
});
export type Plan = z.infer<typeof Plan>;

/**
 * The least a page can cost: node:http, pg, the same query, as many bytes; for POST one INSERT with its commit. Its statements are
 * prepared once a connection and kept, as the program's are. Nothing is parsed, escaped, worded or checked.
 */
function serve(plan: Plan): void {
  const pool = openPool(plan.connection);
  const owner = new Pool({ ...plan.connection, max: 16 });
  const bodies = new Map(Object.entries(plan.pages).map(([path, page]) => [path, Buffer.alloc(page.bytes, "x")]));
  const names = new Map(Object.entries(plan.pages).map(([path, page]) => [path, nameOf(page.sql)]));
  const server = createServer((request, response) => {
    const answer = async () => {
      if (request.method === "POST") {
        const body = await bodyOf(request);
        await owner.query({ ...INSERT, values: [randomUUID(), body] });
        response.writeHead(201, { "content-type": "application/json" }).end('{"receipt":"00000-00000"}');
        return;
      }
      const page = plan.pages[request.url ?? ""];
      if (page === undefined) {
        response.end("ok");
        return;
      }
      await pool.query({ name: names.get(request.url ?? "") ?? "", text: page.sql, values: page.parameters });
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(bodies.get(request.url ?? ""));
    };
    answer().catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  server.listen(0, "127.0.0.1", () => {
    const address = server.address();
    process.stdout.write(`http://localhost:${typeof address === "object" && address !== null ? address.port : 0}\n`);
  });
  process.once("SIGTERM", () => process.exit(0));
}

const INSERT = { name: "insert", text: "insert into bench_floor (id, body) values ($1, $2)" };

/** PostgreSQL cuts names at 63 bytes. */
function nameOf(sql: string): string {
  return createHash("sha256").update(sql).digest("hex").slice(0, 32);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of request.setEncoding("utf8")) body += String(chunk);
  return body;
}

const told = process.env["FLOOR"];
if (told !== undefined) {
  const plan: unknown = JSON.parse(told);
  serve(Plan.parse(plan));
}
