import type { Day } from "#platform/instant";
import type { Town } from "#platform/town";
import type { Duty, Officer } from "./officer.ts";
import type { Unit } from "./unit.ts";

/** An officer with their account, as the people pages show them. */
export type OfficerAccount = Officer & {
  readonly login: string;
  readonly titleZh: string;
  readonly titleEn: string;
  readonly addedAt: Date;
  readonly disabledAt: Date | null;
  /** Moves with every change of the account or its duties: what a form was drawn from. */
  readonly version: number;
};

/** Somebody who works for the town now; a disabled officer is not found. */
export async function findOfficer(town: Town, id: string): Promise<Officer | null> {
  return onlyOne(await accounts(town).where("o.id", "=", id).where("o.disabled_at", "is", null).execute());
}

/** A login may be typed in capitals; it is one of its kind in its town. */
export async function findOfficerByLogin(town: Town, login: string): Promise<Officer | null> {
  return onlyOne(
    await accounts(town)
      .where((eb) => eb(eb.fn<string>("lower", ["a.login"]), "=", login.toLowerCase()))
      .where("o.disabled_at", "is", null)
      .execute(),
  );
}

/** The account, disabled or not. */
export async function findAccount(town: Town, id: string): Promise<OfficerAccount | null> {
  return onlyOne(await accounts(town).where("o.id", "=", id).execute());
}

/** Everybody, those who left last, by unit and in the order they were added. */
export async function listOfficers(town: Town): Promise<readonly OfficerAccount[]> {
  const rows = await accounts(town)
    .orderBy((eb) => eb("o.disabled_at", "is not", null))
    .orderBy("o.id")
    .execute();
  return rows.map(asAccount);
}

export async function listUnits(town: Town): Promise<readonly Unit[]> {
  const rows = await town.db
    .selectFrom("people.unit")
    .select(["id", "parent", "name_zh as nameZh", "name_en as nameEn", "kind", "retired_at as retiredAt", "version"])
    .where("town", "=", town.id)
    .orderBy("id")
    .execute();
  return rows.map(({ retiredAt, ...row }) => ({ ...row, retired: retiredAt !== null }));
}

export type Village = {
  readonly id: string;
  readonly code: string | null;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly retired: boolean;
  readonly version: number;
};

export async function listVillages(town: Town): Promise<readonly Village[]> {
  const rows = await town.db
    .selectFrom("people.village")
    .select(["id", "code", "name_zh as nameZh", "name_en as nameEn", "lon", "lat", "retired_at as retiredAt", "version"])
    .where("town", "=", town.id)
    .orderBy("id")
    .execute();
  return rows.map(({ retiredAt, ...row }) => ({ ...row, retired: retiredAt !== null }));
}

function accounts(town: Town) {
  return town.db
    .selectFrom("people.officer as o")
    .leftJoin("people.duty as d", (join) =>
      join.onRef("d.town", "=", "o.town").onRef("d.officer", "=", "o.id").on("d.revoked_at", "is", null),
    )
    .innerJoin("people.account as a", (join) => join.onRef("a.town", "=", "o.town").onRef("a.id", "=", "o.id"))
    .select((eb) => [
      "o.id",
      "o.unit",
      "o.name",
      "a.login",
      "o.title_zh as titleZh",
      "o.title_en as titleEn",
      "o.added_at as addedAt",
      "o.disabled_at as disabledAt",
      "o.version",
      eb.fn.agg<Duty[] | null>("array_agg", ["d.duty"]).filterWhere("d.duty", "is not", null).as("held"),
    ])
    .where("o.town", "=", town.id)
    .groupBy(["o.town", "o.id", "a.login"]);
}

type AccountRow = Omit<OfficerAccount, "duties"> & { readonly held: readonly Duty[] | null };

function asAccount({ held, ...row }: AccountRow): OfficerAccount {
  return { ...row, duties: new Set(held ?? []) };
}

function onlyOne(rows: readonly AccountRow[]): OfficerAccount | null {
  const [row] = rows;
  return row === undefined ? null : asAccount(row);
}

/** The day on which the town last came back from its backup; null while nobody said so. */
export async function lastRestored(town: Town): Promise<Day | null> {
  const row = await town.db.selectFrom("people.town").select("restored_on").where("town", "=", town.id).executeTakeFirst();
  return row?.restored_on ?? null;
}
