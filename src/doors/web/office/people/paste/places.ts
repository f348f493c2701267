import { AddUnit, addUnit } from "#people/add-unit";
import { AddVillage, addVillage } from "#people/add-village";
import { listUnits, listVillages } from "#people/queries";
import { UNIT_KINDS, type UnitKind } from "#people/unit";
import { judgeable } from "#platform/characters";
import { signedIn } from "#doors/web/office/officer-form";
import type { Visit } from "#doors/web/visit";
import { doubted, meant, notKept, type Judged } from "./judged.ts";
import type { Heads, PastedRow } from "./pasted-table.ts";

export const VILLAGE_HEADS: Heads = {
  nameZh: ["村名", "村", "村（社区）", "村(社区)", "村社区", "社区", "名称", "village", "name"],
  code: ["区划代码", "行政区划代码", "代码", "code"],
  lon: ["经度", "longitude", "lon"],
  lat: ["纬度", "latitude", "lat"],
  nameEn: ["英文名", "英文名称", "名称（英文）", "名称(英文)", "name in english"],
};

export const UNIT_HEADS: Heads = {
  nameZh: ["单位", "单位名称", "名称", "部门", "unit", "name"],
  kind: ["类型", "类别", "性质", "kind"],
  parent: ["上级", "上级单位", "隶属", "parent"],
  nameEn: ["英文名", "英文名称", "名称（英文）", "名称(英文)", "name in english"],
};

/** Judges villages row by row, each against those that are there and those above it. */
export async function judgeVillages(visit: Visit, rows: readonly PastedRow[]): Promise<readonly Judged[]> {
  const known = new Known((await listVillages(visit.town)).filter(({ retired }) => !retired));
  return rows.map((row) => {
    const read = meant(visit, row, AddVillage, row.cells);
    if (row.isSum || "wrong" in read) return unreadable(visit, row, "wrong" in read ? read.wrong : null);
    return known.judge(visit, row, read.value.nameZh, async (town) => void (await addVillage(town, signedIn(visit), visit.at, read.value)));
  });
}

/** Judges units row by row; one may stand under a unit that is there, or under one of the rows above it that is kept too. */
export async function judgeUnits(visit: Visit, rows: readonly PastedRow[]): Promise<readonly Judged[]> {
  const units = (await listUnits(visit.town)).filter(({ retired }) => !retired);
  const known = new Known(units);
  const ids = new Map(units.map(({ id, nameZh }) => [nameZh, id]));
  const above = new Set(ids.keys());
  return rows.map((row) => {
    const parent = judgeable(row.cells["parent"] ?? "");
    const kind = kindOf(visit, row.cells["kind"] ?? "", row.cells["nameZh"] ?? "");
    const read = meant(visit, row, AddUnit, { nameZh: row.cells["nameZh"] ?? "", nameEn: row.cells["nameEn"] ?? "", kind, parent: "" });
    if (row.isSum || "wrong" in read) return unreadable(visit, row, "wrong" in read ? read.wrong : null);
    if (parent !== "" && !above.has(parent)) return doubted(row, "parent", visit.words.people.paste.noSuchUnit);
    const { value } = read;
    const judged = known.judge(visit, row, value.nameZh, async (town) => {
      const id = await addUnit(town, signedIn(visit), visit.at, { ...value, parent: parent === "" ? null : (ids.get(parent) ?? null) });
      ids.set(value.nameZh, id);
    });
    if (judged.is === "keep") above.add(value.nameZh);
    return judged;
  });
}

function unreadable(visit: Visit, row: PastedRow, wrong: Judged | null): Judged {
  return row.isSum || wrong === null ? notKept(row, visit.words.people.paste.sum) : wrong;
}

/** As it is called on the page or by its code; where nothing is said the name says it. */
function kindOf(visit: Visit, said: string, name: string): string {
  const { kinds } = visit.words.people.settings.units;
  const typed = judgeable(said);
  const named = UNIT_KINDS.find((kind) => kind === typed || judgeable(kinds[kind]) === typed);
  if (typed !== "") return named ?? typed;
  const usual: UnitKind = /(村|社区|村委会|居委会)$/.test(name) ? "village" : /(所|站|大队|中队)$/.test(name) ? "station" : "department";
  return name.endsWith("公司") ? "contractor" : usual;
}

type Named = { readonly nameZh: string };

/** The names that are there and those above, so that none comes twice. */
class Known {
  readonly #there: ReadonlySet<string>;
  readonly #lines = new Map<string, number>();
  /** By the name without what it ends in: who bears it. */
  readonly #bare: Map<string, string>;

  constructor(there: readonly Named[]) {
    this.#there = new Set(there.map(({ nameZh }) => nameZh));
    this.#bare = new Map(there.map(({ nameZh }) => [bare(nameZh), nameZh]));
  }

  judge(visit: Visit, row: PastedRow, name: string, add: Judged["add"]): Judged {
    const words = visit.words.people.paste;
    if (this.#there.has(name)) return notKept(row, words.there);
    const line = this.#lines.get(name);
    if (line !== undefined) return notKept(row, words.sameAs(line));
    this.#lines.set(name, row.line);
    const like = this.#bare.get(bare(name));
    if (like !== undefined) return { row, is: "ask", field: "nameZh", says: words.like(like), add };
    this.#bare.set(bare(name), name);
    return { row, is: "keep", field: null, says: "", add };
  }
}

function bare(name: string): string {
  return name.replace(/(村民委员会|居民委员会|村委会|居委会|社区|村)$/, "");
}
