import assert from "node:assert/strict";
import { test } from "node:test";
import { ownReader } from "#proof/own-reader";
import { listCategories } from "#limits/queries";
import { findOfficerByLogin, listUnits, listVillages } from "#people/queries";
import type { Town } from "#platform/town";
import { checkEvents } from "#proof/check-events";
import { checkProblems, checkReports } from "#proof/check-standing";
import { checkLog } from "#standards/tlog/check-log";
import { countedUp } from "#test/counted-up";
import { on } from "#test/desk";
import { aProgram, aVisitor, textOf, type Fields, type Page, type Visitor } from "#test/door";
import { aPlaceWithoutTowns } from "#test/empty-place";
import { fieldsOf } from "#test/inbox";
import { aPlace, dice, photographed } from "#test/photographed";

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

/** Comes back on another day. */
async function signIn(visitor: Visitor, login: string): Promise<void> {
  const signed = await visitor.post("/office/sign-in", { sign_in_login: login, sign_in_password: OWN });
  assert.equal(signed.location, "/office", login);
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

const DESK = "/office/ledger/SL-2026-0001";

/** Opens a form of the desk and sends it, as it stands there but for these fields. */
async function doAct(officer: Visitor, act: string, typed: Fields): Promise<void> {
  const form = fieldsOf((await officer.get(`${DESK}?act=${act}`)).text, `${DESK}/${act}`);
  const sent = await officer.post(`${DESK}/${act}`, { ...form, ...typed });
  assert.equal(sent.status, 303, `${act}: ${textOf(sent.text)}`);
}

/** What keeps an act of the desk shut, as the desk says it. */
async function whyNot(officer: Visitor, act: string): Promise<string> {
  return textOf((await officer.get(`${DESK}?act=${act}`)).text);
}

async function photos() {
  const roll = dice(5);
  const place = aPlace(roll);
  const file = async (moment: "before" | "after") =>
    new File([new Uint8Array(await photographed(roll, place, moment))], `${moment}.jpg`, { type: "image/jpeg" });
  return { before: await file("before"), after: await file("after") };
}

/** What the reporter reads by the code of the receipt. */
async function story(resident: Visitor, code: string): Promise<Page> {
  assert.equal((await resident.post("/track", { code })).location, "/track/story");
  return resident.get("/track/story");
}

/** The reporter reads what was done by the receipt, and answers. */
async function answer(resident: Visitor, code: string): Promise<void> {
  const asked = await story(resident, code);
  assert.match(textOf(asked.text), /解决了吗[\s\S]*六点前清完，天天冲洗/);
  const answered = { ...fieldsOf(asked.text, "/track/story/answer"), solved: "yes", satisfied: "yes", why: "早上干净了" };
  assert.equal((await resident.post("/track/story/answer", answered)).location, "/track/story?done=answered");
}

/** Every leaf hashes to the signed root, its event and words lie in the database, and the tables stand as the events tell. */
async function assertLogHolds(town: Town): Promise<void> {
  const { vkey } = await countedUp(town);
  assert.ok((await checkLog(ownReader(town), { vkeys: [vkey], witnesses: [] }, () => undefined)).holds);
  assert.equal(await checkEvents(town, () => undefined), null);
  assert.deepEqual([await checkProblems(town), await checkReports(town)], [[], []]);
}

test("a new town comes from its set-up link to its first closed problem with pasted villages, units and people", async (t) => {
  const place = await aPlaceWithoutTowns(t);
  const { app, program, clock } = aProgram(place, { isSetUpToken: (token) => token === TOKEN });
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
  const receipt = await resident.get((await resident.post("/report/check")).location);
  const code = /[0-9A-Z]{5}-[0-9A-Z]{5}/.exec(textOf(receipt.text))?.[0] ?? assert.fail("no code on the receipt");

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
  const unit = (await listUnits(town)).find(({ nameZh }) => nameZh === "环卫所")?.id ?? "";
  await doAct(office, "assign", {
    leaders: ids.get("wanglu") ?? "",
    unit,
    measures: "加一班清运",
    goal: "六点前清完",
    dueOn: "2026-07-30",
  });
  assert.match(textOf((await resident.get("/ledger/SL-2026-0001")).text), /谁来办 王路 .*环卫所/);

  const leader = await arrive(somebody(), "wanglu", `${first.get("wanglu")}-${second.get("wanglu")}`);
  assert.match(textOf((await leader.get("/office")).text), /垃圾房清运不及时/);
  assert.equal(program.isSetUpToken(TOKEN), true, "the roof closes the link; the page is closed by the town being there");
  assert.equal((await somebody().get(`/set-up?token=${TOKEN}`)).status, 410);
  const loads = [system, security, office].reduce((sum, { visited }) => sum + visited.length, 0);
  assert.ok(loads <= 40, `${loads} pages of the three to open a town of 20 villages`);

  const handler = await arrive(somebody(), "wujie", `${first.get("wujie")}-${second.get("wujie")}`);
  const { before, after } = await photos();
  await doAct(handler, "add-evidence", { stage: "before", new_photos: before });
  clock.at = on("2026-07-30");
  await signIn(handler, "wujie");
  const done = { measuresDone: "0", undone: "", done: "六点前清完，天天冲洗", new_photos: after };
  await doAct(handler, "declare-rectified", done);
  await signIn(leader, "wanglu");
  assert.match(await whyNot(leader, "check"), /职责|责任领导/, "who answers for it does not check it");

  clock.at = on("2026-07-31");
  const verifier = await arrive(somebody(), "fengzheng", `${first.get("fengzheng")}-${second.get("fengzheng")}`);
  await doAct(verifier, "check", { manner: "on_site", finding: "早上六点到场，已清完", outcome: "passed" });
  await signIn(office, "qianwen");
  assert.match(await whyNot(office, "close"), /反映人|回访/, "the reporter has not answered yet");
  await answer(resident, code);
  await doAct(office, "post-notice", {});
  assert.match(await whyNot(office, "close"), /公示/, "the notice still runs");

  clock.at = on("2026-08-06");
  await signIn(office, "qianwen");
  await doAct(office, "close", { statement: "现场复核通过，反映人说解决了，公示期内无异议" });
  const told = textOf((await somebody().get("/ledger/SL-2026-0001")).text);
  assert.match(told, /已销号/);
  assert.match(told, /现场复核通过，反映人说解决了/);
  assert.match(textOf((await story(resident, code)).text), /已销号/);
  await assertLogHolds(town);
});
