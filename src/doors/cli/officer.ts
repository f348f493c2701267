import { z } from "zod";
import { addOfficer } from "#people/add-officer";
import { login } from "#people/login";
import { partWithOfficer } from "#ledger/part-with-officer";
import { DUTIES, type Duty } from "#people/officer";
import { makeTemporary, type Temporary } from "#people/password";
import { findOfficerByLogin, listUnits } from "#people/queries";
import { resetPassword } from "#people/reset-password";
import { readSignInFigures } from "#people/sign-in-figures";
import { unlockOfficer } from "#people/unlock-officer";
import { line } from "#platform/text";
import type { Town } from "#platform/town";
import { Refusal } from "#refusals";
import { meant, textFlags } from "./flags.ts";
import { Misused, type Command, type Roof } from "./roof.ts";
import { WHICH_TOWN, whichTown } from "./towns.ts";

const Named = z.object({ login });
const Added = Named.extend({ name: line(40), unit: line(60).optional(), duty: z.array(z.enum(DUTIES)) });
type Added = z.infer<typeof Added>;

const FLAG_OF = { login: "login", name: "name", unit: "unit", duty: "duty" };

export function officerCommand([act, ...args]: readonly string[]): Command {
  switch (act) {
    case "add": {
      const { town, duty, ...flags } = textFlags(args, ["town", "login", "name", "unit", "duty"]);
      const what = meant(Added, { ...flags, duty: (duty ?? "").split(",").filter((word) => word !== "") }, FLAG_OF);
      return (roof) => inTown(roof, town, (place) => add(roof, place, what));
    }
    case "reset":
    case "unlock":
    case "disable": {
      const { town, ...flags } = textFlags(args, ["town", "login"]);
      const { login } = meant(Named, flags, FLAG_OF);
      const run = { reset, unlock, disable }[act];
      return (roof) => inTown(roof, town, (place) => run(roof, place, login));
    }
    case undefined:
    default:
      throw new Misused("officer 之后应为 add、reset、unlock 或 disable / After officer comes add, reset, unlock or disable");
  }
}

async function inTown(roof: Roof, id: string | undefined, work: (town: Town) => Promise<number>): Promise<number> {
  return roof.visit(async (house) => {
    const town = await whichTown(house, id);
    if (town !== null) return work(town);
    roof.complain(WHICH_TOWN);
    return 1;
  });
}

async function add(roof: Roof, town: Town, { login, name, unit, duty }: Added): Promise<number> {
  const units = (await listUnits(town)).filter(({ retired }) => !retired);
  const chosen = unit === undefined ? units[0] : units.find(({ nameZh, nameEn }) => nameZh === unit || nameEn === unit);
  if (chosen === undefined) {
    const [zh, en] = [units.map(({ nameZh }) => nameZh).join("、"), units.map(({ nameEn }) => nameEn).join(", ")];
    roof.complain(`没有这个单位。可用：${zh} / There is no such unit. There are: ${en}`);
    return 1;
  }
  const { password, hash } = await temporaryIn(town);
  const duties: Duty[] = [...new Set(duty)];
  await addOfficer(town, null, roof.now(), { login, name, titleZh: "", titleEn: "", unit: chosen.id, duties, hash });
  roof.print(`已添加 ${name}（${chosen.nameZh}） / Added ${name} (${chosen.nameEn})`);
  tellPassword(roof, login, password);
  return 0;
}

async function reset(roof: Roof, town: Town, login: string): Promise<number> {
  const officer = await idOf(town, login);
  const { password, hash } = await temporaryIn(town);
  await resetPassword(town, null, roof.now(), { officer, version: null, hash });
  tellPassword(roof, login, password);
  return 0;
}

async function unlock(roof: Roof, town: Town, login: string): Promise<number> {
  await unlockOfficer(town, null, roof.now(), { officer: await idOf(town, login), version: null });
  roof.print(`已解锁 ${login} / Unlocked ${login}`);
  return 0;
}

async function disable(roof: Roof, town: Town, login: string): Promise<number> {
  await partWithOfficer(town, null, roof.now(), { officer: await idOf(town, login), version: null });
  roof.print(`已停用 ${login} / Closed the account ${login}`);
  return 0;
}

async function temporaryIn(town: Town): Promise<Temporary> {
  return makeTemporary((await readSignInFigures(town)).passwordLength, "");
}

async function idOf(town: Town, login: string): Promise<string> {
  const officer = await findOfficerByLogin(town, login);
  if (officer === null) throw new Refusal("officer/unknown");
  return officer.id;
}

/** Shown once: only its hash is kept. */
function tellPassword(roof: Roof, login: string, password: string): void {
  roof.print(`登录名 / login       ${login}`);
  roof.print(`临时密码 / password  ${password}`);
  roof.print("只显示这一次，首次登录时须修改 / Shown only now; to be changed at the first sign-in");
}
