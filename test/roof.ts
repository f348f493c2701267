import type { Roof } from "#doors/cli/roof";
import type { House } from "#platform/house";
import type { Notary } from "#platform/notary";
import type { Town } from "#platform/town";
import { AT } from "./town.ts";

/** A command line over the database of a test, and what it says. */
export function aRoof(town: Town, notary: Notary, dataFolder: string) {
  const said: string[] = [];
  const { db, keys, blobs } = town;
  const house: House = { db, keys, blobs, notary, connection: {}, server: null, migrated: [], close: async () => undefined };
  const unexpected = () => Promise.reject(new Error("nothing should be started"));
  const roof: Roof = {
    settings: {
      port: 0,
      host: "127.0.0.1",
      dataFolder,
      origin: null,
      databaseUrl: null,
      keyFile: "/nonexistent",
      algorithms: "international",
      databaseAppUrl: null,
      callGateway: null,
      identityProvider: null,
      trustedProxies: [],
    },
    print: (line) => void said.push(line),
    complain: (line) => void said.push(line),
    progress: () => undefined,
    now: () => AT,
    start: unexpected,
    demo: unexpected,
    migrate: unexpected,
    visit: (work) => work(house),
    untilStopped: unexpected,
  };
  return { roof, said };
}
