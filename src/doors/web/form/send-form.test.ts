import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { OpenProblem, openProblem } from "#ledger/open-problem";
import { aDoor, textOf } from "#test/door";
import { aReport } from "#test/inbox";
import { aSuperuser } from "#test/superuser";
import { aTown } from "#test/town";

const KEY = "0198c2c4-0000-7000-8000-00000000000c";
const FULL = "服务器存储空间已满";

/** One form of each kind in a town: where it is sent, what is typed, and a word of it that must not be lost. */
async function oneOfEach(t: TestContext) {
  const its = await aTown(t);
  const { town, cast, at, units, categories } = its;
  const { problem, number } = await openProblem(
    town,
    cast.qianWen,
    at,
    OpenProblem.parse({ title: "路灯不亮", category: categories.complaint }),
  );
  const { report } = await aReport(its);
  const days = { startsOn: "2026-09-01", endsOn: "2026-12-31" };
  const campaign = { nameZh: "百日行动", nameEn: "A hundred days", head: cast.zhaoShu.id, planZh: "", planEn: "", ...days };
  const plan = { leaders: cast.wangLu.id, unit: units.sanitation, measures: "换灯", goal: "夜里都亮", dueOn: "2026-08-07" };
  const forms: readonly (readonly [to: string, typed: Readonly<Record<string, string>>, word: string])[] = [
    [`/office/ledger/${number}/assign`, { ...plan, problem, version: "1" }, "夜里都亮"],
    ["/office/bulk/assign", { ...plan, problem, [`version_${problem}`]: "1" }, "夜里都亮"],
    [`/office/inbox/${report}/answer`, { text: "窗口已经轮班" }, "窗口已经轮班"],
    ["/office/campaigns", campaign, "百日行动"],
  ];
  const door = aDoor(its);
  return { ...its, door, forms, cookie: await door.cookieOf(cast.qianWen) };
}

test("when nothing can be written, each form comes back with the reason, what was typed, and a key to send it again", async (t) => {
  const { door, forms, cookie, database } = await oneOfEach(t);
  const root = await aSuperuser(t, database);
  const { rows } = await root.query<{ name: string }>("select current_database() as name");
  await root.query(`alter database ${rows[0]?.name} set default_transaction_read_only = on`);
  await root.query("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()");
  await new Promise((resolve) => setTimeout(resolve, 200));
  for (const [to, typed, word] of forms) {
    const response = await door.post(to, { ...typed, form_key: KEY }, cookie);
    const page = await response.text();
    assert.ok([409, 507].includes(response.status), `${to}: ${response.status}`);
    assert.match(textOf(page), new RegExp(FULL), to);
    assert.ok(page.includes(word), `${to} loses what was typed`);
    assert.match(page, /name="form_key" value="[0-9a-f-]{36}"/, to);
  }
});

test("each form that is sent twice is done once, and both sendings lead to the same place", async (t) => {
  const { door, forms, cookie, town } = await oneOfEach(t);
  const events = async () => (await town.db.selectFrom("audit.event").select("id").where("town", "=", town.id).execute()).length;
  for (const [to, typed] of forms.filter(([to]) => !to.includes("bulk"))) {
    const first = await door.post(to, { ...typed, form_key: KEY }, cookie);
    assert.equal(first.status, 303, `${to}: ${textOf(await first.text()).slice(0, 400)}`);
    const so = await events();
    const second = await door.post(to, { ...typed, form_key: KEY }, cookie);
    assert.equal(second.headers.get("location"), first.headers.get("location"), to);
    assert.equal(await events(), so, to);
  }
});
