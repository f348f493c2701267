import { AddOfficer, addOfficer } from "#people/add-officer";
import { askTemporaryPassword } from "#people/ask-temporary-password";
import { listOfficers, listUnits } from "#people/queries";
import { judgeable } from "#platform/characters";
import { signedIn } from "#doors/web/office/officer-form";
import type { Visit } from "#doors/web/visit";
import type { ShownOnce } from "#doors/web/office/people/half-shown";
import { doubted, meant, notKept, type Judged } from "./judged.ts";
import type { Heads, PastedRow } from "./pasted-table.ts";

export const OFFICER_HEADS: Heads = {
  name: ["姓名", "名字", "name"],
  login: ["登录名", "账号", "用户名", "login"],
  unit: ["单位", "部门", "所在单位", "unit"],
  titleZh: ["职务", "职位", "岗位", "title"],
  titleEn: ["职务（英文）", "职务(英文)", "英文职务", "title in english"],
};

const Pasted = AddOfficer.omit({ duties: true, unit: true });

/**
 * Judges officers row by row. Each that is kept gets an account and the first half of a temporary password, which `made` holds for the
 * one answer that shows it.
 */
export async function judgeOfficers(visit: Visit, rows: readonly PastedRow[], made: ShownOnce[]): Promise<readonly Judged[]> {
  const words = visit.words.people.paste;
  const units = new Map((await listUnits(visit.town)).filter(({ retired }) => !retired).map(({ id, nameZh }) => [nameZh, id]));
  const everybody = await listOfficers(visit.town);
  const logins = new Set(everybody.map(({ login }) => login.toLowerCase()));
  const named = new Set(everybody.filter(({ disabledAt }) => disabledAt === null).map(({ name }) => name));
  return rows.map((row): Judged => {
    if (row.isSum) return notKept(row, words.sum);
    const read = meant(visit, row, Pasted, { titleZh: "", titleEn: "", name: "", login: "", ...row.cells });
    if ("wrong" in read) return read.wrong;
    const { value } = read;
    const unit = units.get(judgeable(row.cells["unit"] ?? ""));
    if (unit === undefined) return doubted(row, "unit", words.noSuchUnit);
    if (logins.has(value.login)) return doubted(row, "login", visit.words.refusals.codes["officer/login-taken"]);
    logins.add(value.login);
    const add: Judged["add"] = async (town) => {
      const by = signedIn(visit);
      const id = await addOfficer(town, by, visit.at, { ...value, unit, duties: [], hash: null });
      const half = await askTemporaryPassword(town, by, visit.at, { officer: id, version: null });
      made.push({ id, name: value.name, login: value.login, half });
    };
    if (named.has(value.name)) return { row, is: "ask", field: "name", says: words.namesake, add };
    named.add(value.name);
    return { row, is: "keep", field: null, says: "", add };
  });
}
