import assert from "node:assert/strict";
import { test } from "node:test";
import type { Officer } from "#people/officer";
import { aDoor, textOf } from "#test/door";
import { aTown } from "#test/town";
import { assertValid } from "#test/valid-page";

type Form = { readonly [field: string]: string };

/** A page of the settings, what one officer changes on it, and what another, who opened it at the same time, then sends. */
type Both = {
  readonly page: string;
  readonly by: Officer;
  readonly first: Form;
  readonly second: Form;
  /** Where the second form is sent, when that is another one of the page. */
  readonly to?: string;
  /** What the page that comes back must say. */
  readonly says: readonly string[];
};

/** What the form with this action holds, as a browser would send it. */
function fieldsOf(page: string, action: string): Form {
  const form = new RegExp(`<form[^>]* action="${action}"[\\s\\S]*?</form>`).exec(page)?.[0] ?? "";
  const fields = new Map<string, string>();
  for (const [, name = "", rest = ""] of form.matchAll(/<input[^>]* name="([^"]+)"([^>]*)>/g))
    fields.set(name, /value="([^"]*)"/.exec(rest)?.[1] ?? "");
  for (const [, name = "", text = ""] of form.matchAll(/<textarea[^>]* name="([^"]+)"[^>]*>\n?([^<]*)/g)) fields.set(name, text);
  for (const [, name = "", options = ""] of form.matchAll(/<select[^>]* name="([^"]+)"[^>]*>([\s\S]*?)<\/select>/g))
    fields.set(name, /value="([^"]*)" selected/.exec(options)?.[1] ?? "");
  return Object.fromEntries(fields);
}

test("of two who open one page of the settings the second is told what the first saved, and keeps what they typed", async (t) => {
  const { town, cast, units, villages, categories, campaign, themes, at } = await aTown(t);
  const door = aDoor({ town, at });
  const officer = `/office/people/${cast.wuJie.id}`;
  const calendar = (year: number) =>
    JSON.stringify({ year, source: "示例通知", days: [{ day: `${year}-01-01`, kind: "off", name: "元旦" }] });
  const pages: readonly Both[] = [
    {
      page: "/office/rules/policy",
      by: cast.wuAn,
      first: { noticeWorkingDays: "5" },
      second: { passwordLength: "12" },
      says: ["现在保存的是：5", "公示期（工作日）：5"],
    },
    {
      page: "/office/people/town",
      by: cast.zhouXi,
      first: { phone: "0000-1234567" },
      second: { address: "府前路 1 号" },
      says: ["现在保存的是：0000-1234567", "电话：0000-1234567"],
    },
    {
      page: `/office/rules/categories/${categories.help}`,
      by: cast.zhouXi,
      first: { finishLimit: "9", limitUnit: "calendar_day" },
      second: { nameZh: "求助事项" },
      says: ["现在保存的是：9", "现在保存的是：自然日"],
    },
    {
      page: `/office/campaigns/${campaign}`,
      by: cast.qianWen,
      first: { planZh: "新方案" },
      second: { nameZh: "秋冬整治" },
      says: ["现在保存的是：新方案"],
    },
    {
      page: `/office/campaigns/${campaign}/themes/${themes.nature}`,
      by: cast.qianWen,
      first: { position: "40" },
      second: { nameZh: "自然环境好" },
      says: ["现在保存的是：40"],
    },
    {
      page: `/office/people/units/${units.sanitation}`,
      by: cast.qianWen,
      first: { nameEn: "Cleaning" },
      second: { nameZh: "环卫站" },
      says: ["现在保存的是：Cleaning"],
    },
    {
      page: `/office/people/villages/${villages.xiling}`,
      by: cast.qianWen,
      first: { code: "360302100203" },
      second: { nameZh: "西岭" },
      says: ["现在保存的是：360302100203"],
    },
    { page: officer, by: cast.zhouXi, first: { titleZh: "副所长" }, second: { name: "吴小洁" }, says: ["现在保存的是：副所长"] },
    {
      page: "/office/rules/calendar",
      by: cast.zhouXi,
      first: { json: calendar(2027) },
      second: { json: calendar(2028) },
      says: ["年份：2027"],
    },
  ];
  for (const { page, by, first, second, says } of pages) {
    const cookie = await door.cookieOf(by);
    const drawn = fieldsOf(await (await door.get(page, cookie)).text(), page);
    assert.match(drawn["version"] ?? "", /^\d+$/, page);
    assert.equal((await door.post(page, { ...drawn, ...first, form_key: crypto.randomUUID() }, cookie)).status, 303, page);
    const back = await door.post(page, { ...drawn, ...second }, cookie);
    const text = await back.text();
    assert.equal(back.status, 409, page);
    for (const words of ["您打开这一页之后发生了", by.name, ...says]) assert.ok(textOf(text).includes(words), `${page}: ${words}`);
    await assertValid(text, page);
    const again = fieldsOf(text, page);
    for (const [name, typed] of Object.entries(second)) assert.equal(again[name]?.replaceAll("&quot;", '"'), typed, `${page}: ${name}`);
    assert.equal(
      (await door.post(page, { ...drawn, ...second, version: again["version"] ?? "" }, cookie)).status,
      303,
      `${page}: sent again`,
    );
  }
});

test("what is retired, disabled, granted, reset or unlocked is what the page showed", async (t) => {
  const { town, cast, units, villages, categories, at } = await aTown(t);
  const door = aDoor({ town, at });
  const officer = `/office/people/${cast.wuJie.id}`;
  const acts: readonly (readonly [by: Officer, page: string, act: string, typed: Form])[] = [
    [cast.zhouXi, `/office/rules/categories/${categories.help}`, "retire", {}],
    [cast.qianWen, `/office/people/units/${units.rural}`, "retire", {}],
    [cast.qianWen, `/office/people/villages/${villages.xiling}`, "retire", {}],
    [cast.zhouXi, officer, "disable", {}],
    [cast.zhouXi, officer, "temporary-password", {}],
    [cast.wuAn, officer, "duties/grant", { duty: "clerk" }],
    [cast.wuAn, officer, "duties/revoke", { duty: "handler" }],
    [cast.wuAn, officer, "unlock", {}],
  ];
  for (const table of ["people.unit", "people.village", "people.officer", "limits.category"] as const)
    await town.db.updateTable(table).set({ version: 2 }).execute();
  for (const [by, page, act, typed] of acts) {
    const cookie = await door.cookieOf(by);
    const back = await door.post(`${page}/${act}`, { ...typed, version: "1" }, cookie);
    assert.equal(back.status, 409, `${page} ${act}`);
    const text = await back.text();
    assert.ok(textOf(text).includes("别人已经改过这里"), `${page} ${act}`);
    const missing = await door.post(`${page}/${act}`, typed, cookie);
    assert.equal(missing.status, 422, `${page} ${act} without a version`);
  }
});
