import { understand } from "#doors/cli/cli";
import type { Roof } from "#doors/cli/roof";
import { settleWaiting } from "#office/settle-waiting";
import { inDataFolder } from "#platform/data-folder";
import { openHouse, visitHouse } from "#platform/house";
import { migrate } from "#platform/migrate";
import { runningPostgresServer } from "#platform/postgres-server/postgres-server";
import type { Settings } from "#platform/settings";
import { complain, endWith, print, progress, say, settingsOr, tellFailure } from "./terminal.ts";

endWith(await main(process.argv.slice(2)));

async function main(argv: readonly string[]): Promise<number> {
  const settings = settingsOr(argv[0] === "demo" ? "demo-data" : "data");
  if (settings === null) return 2;
  try {
    return await inDataFolder(settings.dataFolder, () => understand(argv)(roofOver(settings)));
  } catch (error) {
    tellFailure(error);
    return 1;
  }
}

function roofOver(settings: Settings): Roof {
  return {
    settings,
    print,
    complain,
    progress,
    now: () => new Date(),
    // The doors are most of the program: a short command does not wait for them to load.
    start: async () => (await import("./serve.ts")).serveTown(settings),
    demo: async () => (await import("./demo.ts")).serveDemo(settings),
    migrate: () => migrateOnly(settings),
    untilStopped,
    visit: async (work) => {
      const house = await visitHouse(settings, (zh, en) => complain(`${zh} / ${en}`), settleWaiting);
      try {
        return await work(house);
      } finally {
        await house.close();
      }
    },
  };
}

async function migrateOnly(settings: Settings): Promise<readonly string[]> {
  if (settings.databaseUrl !== null) return migrate({ connectionString: settings.databaseUrl });
  const running = await runningPostgresServer(settings.dataFolder);
  if (running !== null) return migrate(running.connection);
  const house = await openHouse(settings, say, settleWaiting);
  await house.close();
  return house.migrated;
}

async function untilStopped(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const alive = setInterval(() => undefined, 60_000); // a pending promise alone does not keep a process running
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => resolve());
  await promise;
  clearInterval(alive);
}
