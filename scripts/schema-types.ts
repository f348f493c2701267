import { spawnSync } from "node:child_process";
import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { migrate } from "#platform/migrate";
import { startThrowawayServer } from "#test/throwaway-server";

/** Writes src/platform/schema.generated.ts from a database migrated just now; with --check, only says whether it is fresh. */
const KEPT = "src/platform/schema.generated.ts";
const server = await startThrowawayServer();
try {
  await migrate(server.connection);
  const made = join(server.folder, "schema.ts");
  const codegen = spawnSync(
    process.execPath,
    ["node_modules/kysely-codegen/dist/cli/bin.js", "--url", server.address("sanwen"), "--out-file", made],
    { encoding: "utf8" },
  );
  if (codegen.status !== 0) throw new Error(`couldn't read the schema: ${codegen.stderr}${codegen.stdout}`);
  if (!process.argv.includes("--check")) copyFileSync(made, KEPT);
  else if (readFileSync(made, "utf8") !== readFileSync(KEPT, "utf8")) {
    console.error(`${KEPT} is stale: run npm run schema-types`);
    process.exitCode = 1;
  }
} finally {
  await server.stop();
}
