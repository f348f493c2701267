import type { Town } from "#platform/town";
import { directoryVersion, readDirectory, type Directory } from "./directory.ts";
import { rememberedTotals, type RememberedTotals } from "./remembered-totals.ts";

export type RememberedTowns = {
  /** The town a host name picks; the first town when none names it; null before any town exists. */
  townOf(host: string): Promise<string | null>;
  /** The town's names as of `version`, the one the caller's own query returned; without it the version is asked for first. */
  names(town: Town, version?: number): Promise<Directory>;
  /** The names as they were last read, without asking whether they still are: for what the database checks again. */
  remembered(town: Town): Promise<Directory>;
  /** How many entries the town's lists had. */
  totals(town: Town): RememberedTotals;
};

/**
 * Names stay in memory, one directory a town. A remembered one is used only while its version is the one the
 * database just returned; the version moves in the transaction of every change (db/migrations/0009).
 */
export function rememberedTowns(db: Town["db"]): RememberedTowns {
  const remembered = new Map<string, Directory>();
  const counted = new Map<string, RememberedTotals>();
  let hosts: readonly { town: string; host: string | null }[] = [];
  const readHosts = async () => {
    hosts = await db.selectFrom("people.town").select(["town", "host"]).orderBy("added_at").orderBy("town").execute();
  };
  const names = async (town: Town, version?: number) => {
    const current = version ?? (await directoryVersion(town));
    const known = remembered.get(town.id);
    if (known?.version === current) return known;
    const read = await readDirectory(town);
    remembered.set(town.id, read);
    await readHosts();
    return read;
  };
  return {
    names,
    remembered: async (town) => remembered.get(town.id) ?? names(town),
    totals(town) {
      const known = counted.get(town.id) ?? rememberedTotals();
      counted.set(town.id, known);
      return known;
    },
    async townOf(host) {
      if (hosts.length === 0) await readHosts();
      const name = host.replace(/:\d+$/, "").toLowerCase();
      return (hosts.find((town) => town.host === name) ?? hosts[0])?.town ?? null;
    },
  };
}
