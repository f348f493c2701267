import assert from "node:assert/strict";
import { test } from "node:test";
import { acceptReport } from "#intake/accept-report";
import { answerReport } from "#intake/answer-report";
import { withdrawReport } from "#intake/withdraw-report";
import { actOn, answerAll, aProblem, on } from "#test/desk";
import { aReport } from "#test/every-state";
import { aTown, AT, type ATown } from "#test/town";
import { aProgram, aVisitor, textOf, type Page } from "#test/door";

/** The stops as they stand on a page: those passed, the present one in brackets, those ahead. */
function wayOn({ text }: Page): string {
  const list = /<ol class="way[^"]*">([\s\S]*?)<\/ol>/.exec(text)?.[1] ?? "";
  const stops = [...list.matchAll(/<li( class="present"[^>]*)?[^>]*>([\s\S]*?)<\/li>/g)];
  const said = (html: string) => textOf(html).replaceAll(/\s+/g, "");
  return stops.map(([, now, html = ""]) => (now === undefined ? said(html.replace(/<small>[\s\S]*/, "")) : `[${said(html)}]`)).join(" · ");
}

/** Goes with a problem from its opening to its end, and reads its way at each step. */
async function steps(its: ATown, number: string, read: (at: Date) => Promise<string>) {
  const { cast } = its;
  const seen = [await read(AT)];
  const step = async (at: Date, act: () => Promise<unknown>) => {
    await act();
    seen.push(await read(at));
  };
  await step(AT, () => actOn(its, number, "assign", cast.zhengShang, AT));
  const [declared, checked, answered, noticed, over] = ["2026-08-03", "2026-08-04", "2026-08-05", "2026-08-06", "2026-08-12"].map(on);
  assert.ok(declared && checked && answered && noticed && over);
  await step(declared, () => actOn(its, number, "declare-rectified", cast.wuJie, declared));
  await step(checked, () => actOn(its, number, "check", cast.fengZheng, checked));
  await step(answered, () => answerAll(its, number, answered, "yes"));
  await step(noticed, () => actOn(its, number, "post-notice", cast.zhengShang, noticed));
  await step(over, async () => {});
  await step(over, () => actOn(its, number, "close", cast.zhengShang, over));
  return seen;
}

test("whoever reported it sees one present stop at every step, and what it waits for by which day", async (t) => {
  const its = await aTown(t);
  const { report, code } = await aReport(its);
  const { app, clock } = aProgram(its.town);
  const read = async (at: Date) => {
    clock.at = at;
    const visitor = aVisitor(app);
    await visitor.post("/track", { code });
    return wayOn(await visitor.get("/track/story"));
  };
  assert.equal(await read(AT), "[现在：收到7月31日前答复] · 有人办 · 说办完了 · 你说 · 公示 · 销号");
  const { problem } = await acceptReport(its.town, its.cast.qianWen, AT, {
    report,
    title: "水压不够",
    details: "",
    place: "二楼",
    category: its.categories.help,
    village: null,
    lon: null,
    lat: null,
    theme: null,
    photos: [],
  });
  const { number } = await its.town.db.selectFrom("ledger.problem").select("number").where("id", "=", problem).executeTakeFirstOrThrow();
  const seen = await steps(its, number, read);
  assert.deepEqual(
    seen.map((way) => way.slice(way.indexOf("["), way.indexOf("]") + 1)),
    [
      "[现在：收到等交办]",
      "[现在：有人办8月6日前办完]",
      "[现在：说办完了等复核]",
      "[现在：你说等你回答，到8月11日]",
      "[现在：你说等公示]",
      "[现在：公示到8月11日]",
      "[现在：公示等销号]",
      "[现在：销号8月12日]",
    ],
  );
  for (const way of seen)
    assert.match(way.replaceAll(/\[现在：([^\]]+)\]/g, "$1"), /^收到.* · 有人办.* · 说办完了.* · 你说.* · 公示.* · 销号/);
});

test("on the ledger it is the reporters who say, and where nobody reported it the check stands in their place", async (t) => {
  const its = await aTown(t);
  const { app, clock } = aProgram(its.town);
  const reader = (number: string) => async (at: Date) => {
    clock.at = at;
    return wayOn(await aVisitor(app).get(`/ledger/${number}`));
  };
  const reported = await aProblem(its, 2);
  const seen = await steps(its, reported, reader(reported));
  assert.equal(seen[3], "收到 · 有人办 · 说办完了 · [现在：反映人说等回答，到8月11日] · 公示 · 销号");
  const found = await aProblem(its, 0);
  const checked = await steps(its, found, reader(found));
  assert.equal(checked[3], "收到 · 有人办 · 说办完了 · [现在：复核等公示] · 公示 · 销号");
});

test("a day gone by and a reporter's no stand where they are met", async (t) => {
  const its = await aTown(t);
  const { app, clock } = aProgram(its.town);
  const number = await aProblem(its, 1);
  const read = async (at: Date) => {
    clock.at = at;
    return wayOn(await aVisitor(app).get(`/ledger/${number}`));
  };
  await actOn(its, number, "assign", its.cast.zhengShang, AT);
  assert.match(await read(on("2026-12-01")), /\[现在：有人办已超期，应在8月18日前\]/);
  await actOn(its, number, "declare-rectified", its.cast.wuJie, on("2026-08-03"));
  await actOn(its, number, "check", its.cast.fengZheng, on("2026-08-04"));
  await answerAll(its, number, on("2026-08-05"), "no");
  assert.match(await read(on("2026-08-05")), /\[现在：反映人说有人说没解决，等镇上\]/);
});

test("what was answered or taken back ends there, and says so", async (t) => {
  const its = await aTown(t);
  const { app } = aProgram(its.town);
  const answered = await aReport(its);
  await answerReport(its.town, its.cast.qianWen, AT, { report: answered.report, text: "明天去看" });
  const visitor = aVisitor(app);
  await visitor.post("/track", { code: answered.code });
  assert.equal(wayOn(await visitor.get("/track/story")), "收到 · [现在：已答复]");
  const withdrawn = await aReport(its, on("2026-07-29"));
  await withdrawReport(its.town, on("2026-07-29"), { report: withdrawn.report, reason: "" });
  await visitor.post("/track/leave");
  await visitor.post("/track", { code: withdrawn.code });
  assert.equal(wayOn(await visitor.get("/track/story")), "收到 · [现在：你已撤回]");
});
