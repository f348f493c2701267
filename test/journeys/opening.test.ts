import assert from "node:assert/strict";
import { test } from "node:test";
import { listCategories } from "#limits/queries";
import { findOfficerByLogin, listUnits, listVillages } from "#people/queries";
import { aPlaceWithoutTowns } from "#test/empty-place";
import { aProgram, aVisitor, textOf, type Page, type Visitor } from "#test/door";
import { unescaped } from "#test/forms";

const TOKEN = "the-one-time-token";
const OWN = "Xin-De-Mima-9";

/** On the slips of a page: what each login is handed out. */
function slipsOn(page: Page): ReadonlyMap<string, string> {
  const said = textOf(page.text).matchAll(/登录名 (\S+) (?:临时密码|前一半|后一半) (\S+)/g);
  return new Map([...said].map(([, login = "", text = ""]) => [login, text]));
}

/** Signs in with what was handed out and chooses a password, as everybody must. */
async function arrive(visitor: Visitor, login: string, password: string): Promise<Visitor> {
  await visitor.post("/office/sign-in", { sign_in_login: login, sign_in_password: password });
  const chosen = { sign_in_present: password, sign_in_chosen: OWN, sign_in_again: OWN };
  assert.equal((await visitor.post("/office/password?to=%2Foffice", chosen)).location, "/office", login);
  return visitor;
}

/** Pastes, looks, and sends what was looked at. */
async function paste(visitor: Visitor, page: string, rows: string): Promise<Page> {
  const looked = await visitor.post(page, { rows });
  const seen = /name="seen" value="([^"]+)"/.exec(looked.text)?.[1] ?? "";
  return visitor.post(page, { rows, seen });
}

function missing(page: Page): string {
  return /还缺 \d+ 样(：[^ ]+)?/.exec(textOf(page.text))?.[0] ?? "";
}

const HANDS = { system_admin: "zhouxi", security_admin: "wuan", auditor: "shenji", office: "qianwen" };
const NAMES = { system_admin: "周系", security_admin: "武安", auditor: "沈计", office: "钱文" };
const VILLAGES = ["村名\t组数", ...Array.from({ length: 20 }, (_, i) => `第${i + 1}示例村\t${i + 2}`), "合计\t230"].join("\n");
const UNITS = "单位\t上级\n镇政府\t\n环卫所\t镇政府\n生态办\t镇政府\n镇纪委\t镇政府";
const OFFICERS = [
  "姓名\t登录名\t单位\t职务",
  "王路\twanglu\t环卫所\t所长",
  "吴洁\twujie\t环卫所\t",
  "冯正\tfengzheng\t镇纪委\t",
  "赵书\tzhaoshu\t镇政府\t书记",
].join("\n");
const DUTIES = [
  ["wanglu", "leader"],
  ["wujie", "handler"],
  ["fengzheng", "verifier"],
  ["zhaoshu", "secretary"],
] as const;

test("a new town comes from its set-up link to a first assigned problem with pasted villages, units and people", async (t) => {
  const place = await aPlaceWithoutTowns(t);
  const { app, program } = aProgram(place, { isSetUpToken: (token) => token === TOKEN });
  const town = { ...place, id: "sl" };
  const somebody = () => aVisitor(app);

  const hands = Object.entries(HANDS).flatMap(([hand, login]) => [[`${hand}_login`, login]]);
  const names = Object.entries(NAMES).map(([hand, name]) => [`${hand}_name`, name]);
  const typed = { nameZh: "示例镇", nameEn: "", prefix: "sl", unit: "党政办", ...Object.fromEntries([...hands, ...names]) };
  const passwords = slipsOn(await somebody().post(`/set-up?token=${TOKEN}`, typed));
  const by = async (login: string) => arrive(somebody(), login, passwords.get(login) ?? "");
  const [system, security, office] = [await by("zhouxi"), await by("wuan"), await by("qianwen")];
  assert.equal(missing(await office.get("/office")), "还缺 8 样");

  assert.equal((await paste(office, "/office/people/villages/paste", VILLAGES)).location, "/office/people/villages?done=added");
  assert.equal((await listVillages(town)).length, 20);
  assert.equal((await paste(office, "/office/people/units/paste", UNITS)).location, "/office/people/units?done=added");
  const about = { version: "1", nameZh: "示例镇", phone: "0000-1234567", hours: "周一至周五 8:30–17:30" };
  assert.equal((await system.post("/office/people/town", about)).status, 303);
  const first = slipsOn(await paste(system, "/office/people/paste", OFFICERS));
  assert.equal(first.size, 4);
  assert.match(missing(await office.get("/office")), /还缺 6 样/);

  const drawn = await security.get("/office/people/together");
  const ids = new Map(
    await Promise.all(DUTIES.map(async ([login]) => [login, (await findOfficerByLogin(town, login))?.id ?? ""] as const)),
  );
  const versions = [...drawn.text.matchAll(/name="(version_[^"]+)" value="(\d+)"/g)].map(([, name = "", version = ""]) => [name, version]);
  const grant = DUTIES.map(([login, duty]) => `${ids.get(login)}:${duty}`);
  const second = slipsOn(
    await security.post("/office/people/together", { ...Object.fromEntries(versions), grant, confirm: [...ids.values()] }),
  );
  assert.equal(second.size, 4);
  assert.equal((await system.post("/office/opening/restored")).status, 303);
  assert.match(textOf((await system.get("/office/opening")).text), /还缺 1 样 第二步验证/);

  const resident = somebody();
  const [category] = await listCategories(town);
  const [village] = await listVillages(town);
  const what = await resident.post("/report/what", { title: "垃圾房三天没人清", details: "", category: category?.id ?? "" });
  assert.equal(what.location, "/report/where");
  assert.match((await resident.get("/report/what")).text, /href="tel:00001234567"/);
  await resident.post("/report/where", { village: village?.id ?? "", place: "村口", lon: "", lat: "" });
  await resident.post("/report/contact", { go: "next", phone: "", name: "" });
  assert.match((await resident.post("/report/check")).location, /^\/receipt\//);

  const inbox = await office.get("/office/inbox");
  const report = /href="\/office\/inbox\/([0-9a-f-]{36})/.exec(inbox.text)?.[1] ?? "";
  const opening = {
    title: "垃圾房清运不及时",
    details: "",
    category: category?.id ?? "",
    village: village?.id ?? "",
    place: "村口",
    lon: "",
    lat: "",
  };
  assert.match((await office.post(`/office/inbox/${report}/open`, opening)).location, /done=open/);
  const desk = "/office/ledger/SL-2026-0001";
  const form = unescaped((await office.get(`${desk}?act=assign`)).text);
  const hidden = (name: string) =>
    new RegExp(`name="${name}" value="([^"]+)"`).exec(form.slice(form.indexOf(`action="${desk}/assign"`)))?.[1] ?? "";
  const unit = (await listUnits(town)).find(({ nameZh }) => nameZh === "环卫所")?.id ?? "";
  const plan = { leaders: ids.get("wanglu") ?? "", unit, measures: "加一班清运", goal: "六点前清完", dueOn: "2026-07-30" };
  const assigned = await office.post(`${desk}/assign`, { ...plan, problem: hidden("problem"), version: hidden("version") });
  assert.equal(assigned.status, 303, textOf(assigned.text));
  assert.match(textOf((await resident.get("/ledger/SL-2026-0001")).text), /谁来办 王路 .*环卫所/);

  const leader = await arrive(somebody(), "wanglu", `${first.get("wanglu")}-${second.get("wanglu")}`);
  assert.match(textOf((await leader.get("/office")).text), /垃圾房清运不及时/);
  assert.equal(program.isSetUpToken(TOKEN), true, "the roof closes the link; the page is closed by the town being there");
  assert.equal((await somebody().get(`/set-up?token=${TOKEN}`)).status, 410);
  const loads = [system, security, office].reduce((sum, { visited }) => sum + visited.length, 0);
  assert.ok(loads <= 40, `${loads} pages of the three to open a town of 20 villages`);
});
