import { listReceivers } from "#limits/queries";
import type { Duty } from "#people/officer";
import type { Day } from "#platform/instant";
import { readAtOnce, type Town } from "#platform/town";

/** A name in both languages. */
export type Named = { readonly id: string; readonly zh: string; readonly en: string; readonly retired: boolean };
export type UnitNamed = Named & { readonly parent: string | null; readonly kind: "department" | "village" | "station" | "contractor" };
export type VillageNamed = Named & { readonly lon: number | null; readonly lat: number | null };
export type CategoryNamed = Named & {
  readonly code: string;
  readonly limitUnit: "working_day" | "calendar_day" | "hour";
  readonly firstReplyLimit: number;
  readonly finishLimit: number;
  /** Its reports are seen by their receivers alone. */
  readonly sealed: boolean;
};
export type ThemeNamed = Named & { readonly campaign: string; readonly position: number; readonly version: number };
export type CampaignNamed = Named & {
  readonly startsOn: Day;
  readonly endsOn: Day;
  readonly finishDays: number | null;
  readonly planZh: string;
  readonly planEn: string;
  readonly head: string;
  readonly version: number;
};
export type OfficerNamed = {
  readonly id: string;
  readonly name: string;
  readonly unit: string;
  readonly duties: ReadonlySet<Duty>;
  readonly disabled: boolean;
};

/** A phone or a station of the town, of one of its units. */
export type DeviceNamed = { readonly id: string; readonly name: string; readonly unit: string };

/** Every name the pages of a town show, as of one `version` (people.town.directory_version). Lists keep their display order. */
export type Directory = {
  readonly version: number;
  readonly town: {
    readonly id: string;
    readonly zh: string;
    readonly en: string;
    readonly prefix: string;
    readonly host: string | null;
    readonly demo: boolean;
    /** How it is reached and who answers for the site; empty where it was not said. */
    readonly phone: string;
    readonly hours: string;
    readonly address: string;
    readonly responsible: string;
    readonly icpRecord: string;
    readonly policeRecord: string;
  };
  readonly units: ReadonlyMap<string, UnitNamed>;
  readonly villages: ReadonlyMap<string, VillageNamed>;
  readonly categories: ReadonlyMap<string, CategoryNamed>;
  /** Who receives the reports of a sealed category. */
  readonly receivers: ReadonlyMap<string, readonly string[]>;
  readonly campaigns: ReadonlyMap<string, CampaignNamed>;
  readonly themes: ReadonlyMap<string, ThemeNamed>;
  readonly officers: ReadonlyMap<string, OfficerNamed>;
  readonly devices: ReadonlyMap<string, DeviceNamed>;
  readonly programs: ReadonlyMap<string, Named>;
  readonly policy: Policy;
};

export type Policy = {
  readonly answerWindowDays: number;
  readonly noticeWorkingDays: number;
  readonly lookBackDays: readonly number[];
  readonly fewEntries: number;
};

/** The version now: one indexed row. */
export async function directoryVersion(town: Town): Promise<number> {
  const row = await town.db.selectFrom("people.town").select("directory_version").where("town", "=", town.id).executeTakeFirstOrThrow();
  return row.directory_version;
}

/**
 * Reads the whole directory in one snapshot. A reader keeps it in memory for as long as the version its own
 * query returns is this one: triggers move the version in the transaction of every change (db/migrations/0009).
 */
export async function readDirectory(town: Town): Promise<Directory> {
  return readAtOnce(town, async (town) => {
    const row = await town.db.selectFrom("people.town").selectAll().where("town", "=", town.id).executeTakeFirstOrThrow();
    return {
      version: row.directory_version,
      town: {
        id: row.town,
        zh: row.name_zh,
        en: row.name_en,
        prefix: row.prefix,
        host: row.host,
        demo: row.demo,
        phone: row.phone,
        hours: row.hours,
        address: row.address,
        responsible: row.responsible,
        icpRecord: row.icp_record,
        policeRecord: row.police_record,
      },
      units: await readUnits(town),
      villages: await readVillages(town),
      categories: await readCategories(town),
      receivers: await listReceivers(town),
      campaigns: await readCampaigns(town),
      themes: await readThemes(town),
      officers: await readOfficers(town),
      devices: await readDevices(town),
      programs: await readPrograms(town),
      policy: await readPolicy(town),
    };
  });
}

async function readUnits(town: Town): Promise<Directory["units"]> {
  const rows = await town.db.selectFrom("people.unit").selectAll().where("town", "=", town.id).orderBy("id").execute();
  return byId(rows.map((row) => ({ ...named(row), parent: row.parent, kind: row.kind })));
}

async function readVillages(town: Town): Promise<Directory["villages"]> {
  const rows = await town.db.selectFrom("people.village").selectAll().where("town", "=", town.id).orderBy("id").execute();
  return byId(rows.map((row) => ({ ...named(row), lon: row.lon, lat: row.lat })));
}

async function readCategories(town: Town): Promise<Directory["categories"]> {
  const rows = await town.db
    .selectFrom("limits.category")
    .selectAll()
    .where("town", "=", town.id)
    .orderBy("position")
    .orderBy("id")
    .execute();
  return byId(
    rows.map((row) => ({
      ...named(row),
      code: row.code,
      limitUnit: row.limit_unit,
      firstReplyLimit: row.first_reply_limit,
      finishLimit: row.finish_limit,
      sealed: row.sealed,
    })),
  );
}

async function readCampaigns(town: Town): Promise<Directory["campaigns"]> {
  const rows = await town.db
    .selectFrom("ledger.campaign")
    .selectAll()
    .where("town", "=", town.id)
    .orderBy("starts_on", "desc")
    .orderBy("id")
    .execute();
  return byId(
    rows.map((row) => ({
      ...named({ ...row, retired_at: null }),
      startsOn: row.starts_on,
      endsOn: row.ends_on,
      finishDays: row.finish_days,
      planZh: row.plan_zh,
      planEn: row.plan_en,
      head: row.head,
      version: row.version,
    })),
  );
}

async function readThemes(town: Town): Promise<Directory["themes"]> {
  const rows = await town.db.selectFrom("ledger.theme").selectAll().where("town", "=", town.id).orderBy("position").orderBy("id").execute();
  return byId(
    rows.map((row) => ({ ...named({ ...row, retired_at: null }), campaign: row.campaign, position: row.position, version: row.version })),
  );
}

async function readOfficers(town: Town): Promise<Directory["officers"]> {
  const rows = await town.db
    .selectFrom("people.officer as o")
    .leftJoin("people.duty as d", (join) =>
      join.onRef("d.town", "=", "o.town").onRef("d.officer", "=", "o.id").on("d.revoked_at", "is", null),
    )
    .select((eb) => [
      "o.id",
      "o.name",
      "o.unit",
      "o.disabled_at",
      eb.fn.agg<Duty[] | null>("array_agg", ["d.duty"]).filterWhere("d.duty", "is not", null).as("duties"),
    ])
    .where("o.town", "=", town.id)
    .groupBy(["o.town", "o.id"])
    .orderBy("o.id")
    .execute();
  return byId(
    rows.map((row) => ({
      id: row.id,
      name: row.name,
      unit: row.unit,
      duties: new Set(row.duties ?? []),
      disabled: row.disabled_at !== null,
    })),
  );
}

async function readDevices(town: Town): Promise<Directory["devices"]> {
  const rows = await town.db.selectFrom("people.device").select(["id", "name", "unit"]).where("town", "=", town.id).orderBy("id").execute();
  return byId(rows);
}

async function readPrograms(town: Town): Promise<Directory["programs"]> {
  const rows = await town.db
    .selectFrom("people.program")
    .select(["id", "name", "revoked_at as retired_at"])
    .where("town", "=", town.id)
    .orderBy("id")
    .execute();
  return byId(rows.map((row) => named({ ...row, name_zh: row.name, name_en: "" })));
}

async function readPolicy(town: Town): Promise<Policy> {
  const row = await town.db.selectFrom("people.policy").selectAll().where("town", "=", town.id).executeTakeFirstOrThrow();
  return {
    answerWindowDays: row.answer_window_days,
    noticeWorkingDays: row.notice_working_days,
    lookBackDays: row.look_back_days,
    fewEntries: row.few_entries,
  };
}

function named(row: { id: string; name_zh: string; name_en: string; retired_at: Date | null }): Named {
  return { id: row.id, zh: row.name_zh, en: row.name_en, retired: row.retired_at !== null };
}

function byId<T extends { readonly id: string }>(rows: readonly T[]): ReadonlyMap<string, T> {
  return new Map(rows.map((row) => [row.id, row]));
}
