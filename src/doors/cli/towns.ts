import type { House } from "#platform/house";
import type { Town } from "#platform/town";

/** The town a flag names; without the flag the only town there is. Null when that does not say which. */
export async function whichTown(house: House, id: string | undefined): Promise<Town | null> {
  const towns = await house.db.selectFrom("people.town").select("town").orderBy("added_at").execute();
  const chosen = id === undefined ? (towns.length === 1 ? towns[0] : undefined) : towns.find((row) => row.town === id);
  return chosen === undefined ? null : townOf(house, chosen.town);
}

export function townOf({ db, keys, blobs }: House, id: string): Town {
  return { id, db, keys, blobs };
}

export const WHICH_TOWN =
  "请用 --town 指定镇（npx sanwen town list 列出各镇） / Say which town with --town (npx sanwen town list lists them)";
