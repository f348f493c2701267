import assert from "node:assert/strict";
import { test } from "node:test";
import { aDoor, textOf } from "#test/door";
import { unescaped } from "#test/forms";
import { aTown } from "#test/town";
import { readCalendar } from "#limits/calendar";
import { isWorkingDay } from "#standards/workdays/workdays";

/** What a hidden field of the page carries. */
function inputIn(page: string, name: string): string {
  return unescaped(new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? "");
}

test("units, villages and categories are added, changed and retired, each with its words", async (t) => {
  const { cast, units, ...a } = await aTown(t);
  const door = aDoor(a);
  const cookie = await door.cookieOf(cast.qianWen);
  const unit = `/office/people/units/${units.sanitation}`;
  assert.equal(
    (await door.post(unit, { version: "1", nameZh: "环卫站", nameEn: "Sanitation", kind: "station", parent: units.ecology }, cookie))
      .status,
    303,
  );
  assert.ok(textOf(await (await door.get("/office/people/units?done=changed", cookie)).text()).includes("已保存"));
  assert.equal((await door.post(`${unit}/retire`, { version: "2" }, cookie)).status, 409);
  assert.equal(
    (await door.post("/office/people/villages", { nameZh: "南坪村", nameEn: "Nanping", code: "12", lon: "", lat: "" }, cookie)).status,
    422,
  );
  assert.equal(
    (await door.post("/office/people/villages", { nameZh: "南坪村", nameEn: "Nanping", code: "", lon: "", lat: "" }, cookie)).status,
    303,
  );
  const category = {
    code: "petition",
    nameZh: "信访",
    nameEn: "Petition",
    limitUnit: "calendar_day",
    firstReplyLimit: "15",
    finishLimit: "60",
    extensionLimit: "30",
    retentionDays: "365",
  };
  assert.equal((await door.post("/office/rules/categories", category, cookie)).status, 403, "limits are not set by those they measure");
  const system = await door.cookieOf(cast.zhouXi);
  assert.equal((await door.post("/office/rules/categories", { ...category, finishLimit: "六十" }, system)).status, 422);
  assert.equal((await door.post("/office/rules/categories", category, system)).status, 303);
  assert.equal((await door.post("/office/rules/categories", category, system)).status, 409);
});

test("a unit cannot be put below itself, and the page says so", async (t) => {
  const { cast, units, ...a } = await aTown(t);
  const door = aDoor(a);
  const back = await door.post(
    `/office/people/units/${units.government}`,
    { version: "1", nameZh: "镇政府", nameEn: "Government", kind: "department", parent: units.office },
    await door.cookieOf(cast.qianWen),
  );
  assert.equal(back.status, 409);
  assert.ok((await back.text()).includes("fault-summary"));
});

test("a refusal about one field of the settings stands beside it; about none, the summary leads to the form", async (t) => {
  const { cast, units, campaign, ...a } = await aTown(t);
  const door = aDoor(a);
  const limits = { limitUnit: "hour", firstReplyLimit: "1", finishLimit: "2", extensionLimit: "0", retentionDays: "30" };
  const unit = { version: "1", nameZh: "镇政府", nameEn: "Government", kind: "department" };
  const plan = { version: "1", nameZh: "整治", nameEn: "Drive", head: cast.zhaoShu.id, startsOn: "2026-09-01", endsOn: "2026-12-01" };
  const account = { name: "孙立", login: "sunli", unit: units.office };
  const gone = "0198c2c4-0000-7000-8000-000000000009";
  const cases = [
    [cast.qianWen, `/office/people/units/${units.government}`, { ...unit, parent: units.office }, "parent"],
    [cast.zhouXi, "/office/rules/categories", { ...limits, code: "help", nameZh: "求助", nameEn: "Help" }, "code"],
    [cast.qianWen, `/office/campaigns/${campaign}`, { ...plan, endsOn: "2026-08-01" }, "endsOn"],
    [cast.qianWen, `/office/campaigns/${campaign}`, { ...plan, head: gone }, "head"],
    [cast.zhouXi, "/office/people", { ...account, login: "qianwen" }, "login"],
    [cast.zhouXi, "/office/people", { ...account, unit: gone }, "unit"],
    [cast.qianWen, `/office/people/units/${units.sanitation}/retire`, { version: "1" }, "form"],
    [cast.wuAn, `/office/people/${cast.wuJie.id}/duties/grant`, { version: "1", duty: "handler" }, "form"],
  ] as const;
  for (const [by, page, typed, field] of cases) {
    const back = await door.post(page, typed, await door.cookieOf(by));
    const text = await back.text();
    assert.ok(back.status === 409 || back.status === 404, `${back.status} ${page}`);
    assert.ok(text.includes(`href="#f-${field}"`) && text.includes(`id="f-${field}"`), `${page}: ${field}`);
    if (field === "form") continue;
    assert.match(
      text,
      new RegExp(`id="f-${field}"[^>]*aria-describedby="[^"]*e-${field}[^"]*"\\s+aria-invalid="true"`),
      `${page}: ${field}`,
    );
  }
});

test("a year of the calendar is pasted as JSON; what is no year is said beside the field and stays there", async (t) => {
  const { cast, ...a } = await aTown(t);
  const door = aDoor(a);
  const cookie = await door.cookieOf(cast.zhouXi);
  const page = await (await door.get("/office/rules/calendar", cookie)).text();
  const version = /name="version" value="(\d+)"/.exec(page)?.[1] ?? "";
  assert.ok(!textOf(page).includes("还没有"));
  const year = { year: 2027, source: "示例通知", days: [{ day: "2027-01-01", kind: "off", name: "元旦" }] };
  for (const json of [
    "",
    "{",
    "[]",
    "null",
    JSON.stringify({ ...year, days: [] }),
    JSON.stringify({ ...year, year: "2027" }),
    JSON.stringify({ ...year, days: [{ day: "2027-02-30", kind: "off" }] }),
  ]) {
    const back = await door.post("/office/rules/calendar", { version, json }, cookie);
    const page = await back.text();
    assert.equal(back.status, 422, json);
    assert.ok(page.includes('href="#f-json"') && textOf(page).includes("这不是一年的日历"), json);
  }
  assert.equal(
    (
      await door.post(
        "/office/rules/calendar",
        { version, json: JSON.stringify({ ...year, days: [...year.days, { day: "2027-01-04", kind: "work", name: "" }] }) },
        cookie,
      )
    ).status,
    409,
  );
  assert.equal((await door.post("/office/rules/calendar", { version, json: JSON.stringify(year) }, cookie)).status, 303);
  assert.ok(textOf(await (await door.get("/office/rules/calendar?done=imported", cookie)).text()).includes("2027 年"));
});

test("the notice of the State Council is pasted, seen as a year, corrected by pressing a day, and kept when confirmed", async (t) => {
  const { town, cast, ...a } = await aTown(t);
  const door = aDoor({ town, ...a });
  const cookie = await door.cookieOf(cast.zhouXi);
  const version = inputIn(await (await door.get("/office/rules/calendar", cookie)).text(), "version");
  const read = (typed: Record<string, string>) => door.post("/office/rules/calendar/read", { version, ...typed }, cookie);
  const nothing = await read({ notice: "明年放假安排见附件" });
  assert.equal(nothing.status, 422);
  assert.match(textOf(await nothing.text()), /没有从中读出一个放假的日子/);
  const notice =
    "国务院办公厅关于2030年部分节假日安排的通知 国办发明电〔2029〕1号 一、元旦：1月1日（周一）至3日放假，共3天。1月5日（周六）上班。";
  const page = await (await read({ notice })).text();
  assert.match(textOf(page), /放假 3 天，调休上班 1 天 · 依据 国办发明电〔2029〕1号/);
  assert.match(textOf(page), /写的星期与日历对不上/, "1 January 2030 is a Tuesday");
  const pressed = await (await read({ json: inputIn(page, "json"), toggle: "2030-01-06" })).text();
  assert.match(textOf(pressed), /调休上班 2 天/);
  const back = await (await read({ json: inputIn(pressed, "json"), toggle: "2030-01-06" })).text();
  assert.match(textOf(back), /调休上班 1 天/);
  assert.deepEqual([...(await readCalendar(town)).years], [2026], "nothing is kept until it is confirmed");
  const kept = await door.post("/office/rules/calendar", { version, json: inputIn(back, "json") }, cookie);
  assert.equal(kept.status, 303);
  const calendar = await readCalendar(town);
  assert.deepEqual(
    ["2030-01-01", "2030-01-04", "2030-01-05", "2030-01-06"].map((day) => isWorkingDay(calendar, day)),
    [false, true, true, false],
  );
});

test("from October on the calendar page warns that the next year is missing", async (t) => {
  const { cast, ...a } = await aTown(t);
  const door = aDoor(a);
  await a.town.db.updateTable("people.policy").set({ password_days: 0 }).execute();
  door.clock.at = new Date("2026-10-08T09:00:00+08:00");
  assert.ok(
    textOf(await (await door.get("/office/rules/calendar", await door.cookieOf(cast.zhouXi))).text()).includes("还没有 2027 年的工作日历"),
  );
});

test("the figures are the security admin's, within their bounds, and count from the next sign-in on", async (t) => {
  const { cast, ...a } = await aTown(t);
  const door = aDoor(a);
  const cookie = await door.cookieOf(cast.wuAn);
  const form = {
    version: "1",
    answerWindowDays: "7",
    noticeWorkingDays: "3",
    flagWorkingDays: "3",
    objectionWorkingDays: "3",
    lookBackDays: "30、90",
    signInFailures: "3",
    signInLockMinutes: "60",
    sessionIdleMinutes: "15",
    sessionAbsoluteHours: "8",
    passwordLength: "10",
    passwordDays: "90",
    fewEntries: "10",
    securityLogDays: "365",
  };
  assert.equal((await door.post("/office/rules/policy", { ...form, signInFailures: "1" }, cookie)).status, 422);
  assert.equal((await door.post("/office/rules/policy", form, await door.cookieOf(cast.zhouXi))).status, 403);
  assert.equal((await door.post("/office/rules/policy", form, cookie)).status, 303);
  for (let i = 0; i < 3; i += 1) await door.post("/office/sign-in", { sign_in_login: "qianwen", sign_in_password: "x" });
  assert.equal(
    (await door.post("/office/sign-in", { sign_in_login: "qianwen", sign_in_password: "x" })).headers.get("retry-after"),
    "3600",
  );
});

test("a campaign and its themes are added and changed; days the wrong way round come back", async (t) => {
  const { town, cast, campaign, themes, ...a } = await aTown(t);
  const door = aDoor({ town, ...a });
  const cookie = await door.cookieOf(cast.qianWen);
  const form = {
    nameZh: "秋冬整治",
    nameEn: "Autumn drive",
    head: cast.zhaoShu.id,
    startsOn: "2026-09-01",
    endsOn: "2026-12-01",
    planZh: "方案全文",
    planEn: "",
  };
  const back = await door.post("/office/campaigns", { ...form, endsOn: "2026-08-01" }, cookie);
  assert.equal(back.status, 409);
  assert.ok((await back.text()).includes("方案全文"));
  assert.equal((await door.post("/office/campaigns", form, cookie)).headers.get("location"), "/office/campaigns?done=added");
  const here = `/office/campaigns/${campaign}`;
  assert.equal((await door.post(here, { ...form, version: "1" }, cookie)).status, 303);
  assert.equal(
    (await door.post(`${here}/themes`, { nameZh: "新主题", nameEn: "New", position: "5" }, cookie)).headers.get("location"),
    `${here}?done=themed`,
  );
  assert.equal(
    (await door.post(`${here}/themes/${themes.nature}`, { version: "1", nameZh: "自然", nameEn: "Nature", position: "first" }, cookie))
      .status,
    422,
  );
  const page = textOf(await (await door.get(here, cookie)).text());
  assert.ok(page.includes("新主题") && page.includes("秋冬整治"));
});
