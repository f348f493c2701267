import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import sharp from "sharp";
import { findSealed } from "#intake/sealed-reports";
import { lookAtSealedIdentity } from "#intake/look-at-sealed-identity";
import { receiveReport } from "#intake/receive-report";
import { replyToSealedReport } from "#intake/reply-to-sealed-report";
import { integrateEvents } from "#log/integrate-events";
import { nameLog } from "#log/name-log";
import { nameReceivers } from "#limits/name-receivers";
import { composeDoors } from "#main/doors";
import { aProgram, aVisitor, ORIGIN } from "./door.ts";
import { livingLedger } from "./living-ledger.ts";
import { asScribe } from "./notary.ts";
import { aTown } from "./town.ts";

/** Words that stand nowhere else, one a report, so that a find says which one got out. */
export const PLANTED = {
  officer: { title: "王路收礼才办事甲子记号", details: "丙寅记号：给了两条烟" },
  unit: { title: "环卫所吃空饷乙丑记号", details: "丁卯记号：名册上的人不上班" },
  receiver: { title: "冯正压着信不办戊辰记号", details: "己巳记号：他自己也在里面" },
};
export const REPORTER = { name: "举报的人庚午记号", phone: "13811112222" };
const ADDED = "辛未记号：他今天又收了";
const REPLIED = "壬申记号：我们在查";
export const MARKS = ["甲子", "乙丑", "丙寅", "丁卯", "戊辰", "己巳", "庚午", "辛未", "壬申"].map((mark) => `${mark}记号`);
export const FOR_RECEIVERS = ["甲子记号", "乙丑记号"];
export const FOR_SECRETARY = ["戊辰记号"];

export async function aHouse(t: TestContext) {
  const its = await aTown(t);
  const made = aProgram(its.town);
  const { program } = made;
  await nameLog(its.town, program.notary, program.origin);
  await livingLedger(its);
  const { categories, cast } = its;
  await nameReceivers(its.town, cast.zhouXi, made.clock.at, {
    category: categories.wrongdoing,
    version: null,
    sealed: true,
    receivers: [cast.fengZheng.id],
  });
  await receiveReport(its.town, null, made.clock.at, said("路灯不亮", "平常的一件", categories.complaint, its.villages.dongtang));
  const { code } = await receiveReport(its.town, null, made.clock.at, {
    ...said("井盖没了", "别人的一件", categories.complaint, its.villages.dongtang),
    phone: REPORTER.phone,
  });
  const house = { ...its, ...made, otherCode: code, doors: composeDoors(program) };
  await settle(house);
  return house;
}

export type AHouse = Awaited<ReturnType<typeof aHouse>>;

export function said(title: string, details: string, category: string, village: string) {
  const nobody = { name: "", phone: "", email: "", wechat: "", address: "" };
  return { title, details, category, village, place: "", lon: null, lat: null, photos: [], device: "", channel: "web" as const, ...nobody };
}

export function settle({ town, program, clock }: Pick<AHouse, "town" | "program" | "clock">): Promise<unknown> {
  return integrateEvents(town, asScribe(program.notary), clock.at);
}

export type Planted = { readonly reports: readonly string[]; readonly photos: readonly string[] };

/** One by the form of residents, one by a program, one of which its reporter wants the secretary to know. */
export async function plant(house: AHouse): Promise<Planted> {
  const { categories, villages, clock, town, cast } = house;
  const category = categories.wrongdoing;
  const code = await tellByForm(house);
  const api = await house.doors.fetch(
    new Request(`${ORIGIN}/api/v1/reports`, {
      method: "POST",
      headers: { "content-type": "application/json", host: "ledger.example" },
      body: JSON.stringify({ ...PLANTED.unit, category: "wrongdoing", village: villages.dongtang }),
    }),
    { incoming: { socket: { remoteAddress: "192.0.2.9" } } },
  );
  assert.equal(api.status, 201, await api.clone().text());
  const { title, details } = PLANTED.receiver;
  await receiveReport(town, null, clock.at, { ...said(title, details, category, villages.dongtang), forSecretary: true });
  const rows = await town.db.selectFrom("intake.sealed_report").select(["id", "title"]).orderBy("id").execute();
  assert.equal(rows.length, 3);
  const first = rows.find(({ title }) => title === PLANTED.officer.title)?.id ?? "";
  await addByCode(house, code);
  await lookAtSealedIdentity(town, cast.fengZheng, clock.at, { report: first, reasonClass: "clarify", reason: "问清时间" });
  await replyToSealedReport(town, cast.fengZheng, clock.at, { report: first, text: REPLIED });
  const photos = (await findSealed(town, cast.fengZheng, first))?.photos ?? [];
  assert.equal(photos.length, 2, "one with the report, one added");
  const small = await town.db.selectFrom("evidence.file").select("thumbnail_sha256").where("sha256", "in", photos).execute();
  return { reports: rows.map(({ id }) => id), photos: [...photos, ...small.flatMap(({ thumbnail_sha256: one }) => one ?? [])] };
}

async function aPicture(background: string): Promise<File> {
  const bytes = await sharp({ create: { width: 640, height: 480, channels: 3, background } })
    .jpeg()
    .toBuffer();
  return new File([new Uint8Array(bytes)], "烟.jpg", { type: "image/jpeg" });
}

export function aResident({ doors }: AHouse) {
  return aVisitor({ request: (path, init, env) => doors.fetch(new Request(path, init), env) });
}

/** The receipt code of whoever reports an officer, step by step. */
async function tellByForm(house: AHouse): Promise<string> {
  const visitor = aResident(house);
  await visitor.post("/report/what", { ...PLANTED.officer, category: house.categories.wrongdoing });
  await visitor.post("/report/where", { village: house.villages.dongtang, place: "" });
  assert.equal((await visitor.post("/report/photos", { photos: [await aPicture("#335577")], go: "next" })).status, 303);
  const contact = await visitor.get("/report/contact");
  assert.match(contact.text, /直接给书记看/, "the reporter is asked who is to read it");
  assert.match(contact.text, /公开日志和台账里一个字也没有/, "and told who sees who they are");
  await visitor.post("/report/contact", { ...REPORTER, forSecretary: "no", go: "next" });
  const check = await visitor.get("/report/check");
  const sent = await visitor.post("/report/check", { form_key: /name="form_key" value="([^"]+)"/.exec(check.text)?.[1] ?? "" });
  assert.equal(sent.status, 303, sent.text);
  const receipt = await visitor.get(sent.location);
  assert.ok(!receipt.text.includes("甲子记号"), "the receipt does not say who was reported");
  assert.ok(!(await visitor.get(`${sent.location}/receipt.txt`)).text.includes("甲子记号"));
  return /[0-9A-Z]{5}-[0-9A-Z]{5}/.exec(receipt.text)?.[0] ?? "";
}

/** Its reporter reads it by the code, adds a word and a photo, and corrects who they are. */
async function addByCode(house: AHouse, code: string): Promise<void> {
  const visitor = aResident(house);
  await visitor.post("/track", { code });
  const story = await visitor.get("/track/story");
  assert.match(story.text, /甲子记号/, "its reporter reads it by the code");
  const keyOf = (page: string) => /name="form_key" value="([^"]+)"/.exec(page)?.[1] ?? "";
  const added = { form_key: keyOf(story.text), text: ADDED, photos: [await aPicture("#775533")] };
  assert.equal((await visitor.post("/track/story/words", added)).status, 303);
  const aboutMe = await visitor.get("/track/story/about-me");
  const corrected = { ...REPORTER, email: "", wechat: "w-gengwu", address: "", form_key: keyOf(aboutMe.text) };
  assert.equal((await visitor.post("/track/story/about-me", corrected)).status, 303);
}
