import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import type { Officer } from "#people/officer";
import { checkReports } from "#proof/check-standing";
import { refusedWith } from "#test/refused";
import { lamp, minutesAfter, verbsOf } from "#test/report";
import { aTown } from "#test/town";
import { acceptReport, AcceptByOpening } from "./accept-report.ts";
import { addWord } from "./add-word.ts";
import { answerReport } from "./answer-report.ts";
import { declineReport } from "./decline-report.ts";
import { InboxFilter, listInbox } from "./inbox.ts";
import { PassWordsOn, passWordsOn, whyNotPassOn, wordsToPassOn } from "./pass-words-on.ts";
import { findReport, unreadWords } from "./queries.ts";
import { readWords } from "./read-words.ts";
import { receiveReport } from "./receive-report.ts";
import { referReport } from "./refer-report.ts";
import { ReplyToReport, replyToReport } from "./reply-to-report.ts";
import { withdrawReport } from "./withdraw-report.ts";

const SAID = { name: "赵小满", phone: "13800001234", email: "xiaoman@example.com", wechat: "wx-xiaoman", address: "东塘村二组9号" };

async function aReport(t: TestContext) {
  const its = await aTown(t);
  const { town, at } = its;
  const { report } = await receiveReport(town, null, at, lamp(its, SAID));
  const add = (text: string, minutes: number) => addWord(town, minutesAfter(at, minutes), { report, text, photos: [] });
  const open = async () => {
    const opening = AcceptByOpening.parse({ report, title: "东塘村口路灯不亮", category: its.categories.complaint });
    return acceptReport(town, its.cast.qianWen, at, opening);
  };
  const found = async () => {
    const found = await findReport(town, report);
    assert.ok(found);
    return found;
  };
  const unread = async () => unreadWords(await found()).map(({ text }) => text);
  return { ...its, report, add, open, found, unread };
}

test("what a reporter adds waits until somebody has read it, and the reporter sees that it was", async (t) => {
  const { town, at, cast, report, add, found, unread } = await aReport(t);
  assert.equal((await found()).unreadSince, null);
  await add("昨晚又摔了一个人", 1);
  const seen = await add("是三号杆", 2);
  assert.deepEqual(await unread(), ["昨晚又摔了一个人", "是三号杆"]);
  assert.deepEqual((await found()).unreadSince, minutesAfter(at, 1));
  await readWords(town, cast.qianWen, minutesAfter(at, 3), { report, seen });
  assert.deepEqual(await unread(), []);
  const { kind, saidBy, saidAt } = (await found()).words.at(-1) ?? {};
  assert.deepEqual([kind, saidBy, saidAt], ["read", cast.qianWen.id, minutesAfter(at, 3)]);
  assert.deepEqual((await verbsOf(town)).slice(-1), ["report.read"]);
  await assert.rejects(readWords(town, cast.zhengShang, at, { report, seen }), refusedWith("report/nothing-new"));
  await assert.rejects(readWords(town, cast.wuJie, at, { report, seen }), refusedWith("officer/not-allowed"));
  assert.deepEqual((await verbsOf(town)).slice(-1), ["report.read"], "what was refused left nothing");
  assert.deepEqual(await checkReports(town), []);
});

test("what is added while a clerk reads and writes goes on waiting, whatever the clerk then does", async (t) => {
  const { town, at, cast, report, add, unread, open } = await aReport(t);
  const first = await add("第一句", 1);
  const second = await add("第二句", 2);
  await readWords(town, cast.qianWen, minutesAfter(at, 3), { report, seen: first });
  assert.deepEqual(await unread(), ["第二句"]);
  await readWords(town, cast.zhengShang, minutesAfter(at, 3), { report, seen: second });
  await add("第三句", 4);
  await replyToReport(town, cast.qianWen, minutesAfter(at, 5), { report, text: "知道了", seen: second });
  assert.deepEqual(await unread(), ["第三句"], "a page drawn before it came has not shown it");
  await open();
  assert.deepEqual(await unread(), ["第三句"], "nor has a form that says nothing of it");
  assert.deepEqual(await checkReports(town), []);
});

test("whoever settles a report has read what was added until then; whoever takes it back leaves nothing to be read", async (t) => {
  const its = await aTown(t);
  const { town, at, cast } = its;
  const acts = [
    (report: string, seen: string) => answerReport(town, cast.qianWen, at, { report, text: "已报修", seen }),
    (report: string, seen: string) => referReport(town, cast.qianWen, at, { report, referredTo: "县供电所", reason: "归县里管", seen }),
    (report: string, seen: string) => declineReport(town, cast.qianWen, at, { report, reason: "不属实", seen }),
    (report: string, seen: string) =>
      acceptReport(town, cast.qianWen, at, AcceptByOpening.parse({ report, title: "路灯", category: its.categories.complaint, seen })),
    (report: string) => withdrawReport(town, at, { report, reason: "" }),
  ];
  for (const [i, settle] of acts.entries()) {
    const { report } = await receiveReport(town, null, at, lamp(its, { title: `第${i}件` }));
    await settle(report, await addWord(town, at, { report, text: "补一句", photos: [] }));
    assert.equal((await findReport(town, report))?.unreadSince, null, `${i}`);
  }
  assert.deepEqual(await checkReports(town), []);
});

test("the inbox finds what was added to in every status, and nothing once it was read", async (t) => {
  const { town, at, cast, report, add, open } = await aReport(t);
  const listed = async () => (await listInbox(town, InboxFilter.parse({ status: "added" }), () => [])).reports.map(({ id }) => id);
  await open();
  assert.deepEqual(await listed(), []);
  const seen = await add("还是不亮", 1);
  assert.deepEqual(await listed(), [report]);
  await readWords(town, cast.qianWen, minutesAfter(at, 2), { report, seen });
  assert.deepEqual(await listed(), []);
});

test("the town replies in every state; a reply is no first answer and stops no clock", async (t) => {
  const its = await aTown(t);
  const { town, at, cast } = its;
  const states: readonly ((report: string) => Promise<unknown>)[] = [
    async () => undefined,
    (report) => acceptReport(town, cast.qianWen, at, AcceptByOpening.parse({ report, title: "路灯", category: its.categories.complaint })),
    (report) => answerReport(town, cast.qianWen, at, { report, text: "已报修" }),
    (report) => referReport(town, cast.qianWen, at, { report, referredTo: "县供电所", reason: "归县里管" }),
    (report) => declineReport(town, cast.qianWen, at, { report, reason: "不属实" }),
    (report) => withdrawReport(town, at, { report, reason: "" }),
  ];
  for (const [i, bring] of states.entries()) {
    const { report } = await receiveReport(town, null, at, lamp(its, { title: `第${i}件` }));
    await bring(report);
    const before = await findReport(town, report);
    await replyToReport(town, cast.zhengShang, minutesAfter(at, 9), { report, text: "我们看到了" });
    const after = await findReport(town, report);
    const { kind, text, saidBy } = after?.words.at(-1) ?? {};
    assert.deepEqual([kind, text, saidBy], ["replied", "我们看到了", cast.zhengShang.id]);
    assert.deepEqual([after?.status, after?.firstAnsweredAt], [before?.status, before?.firstAnsweredAt]);
  }
  const waiting = await town.db.selectFrom("intake.report").select("first_answered_at").where("status", "=", "received").execute();
  assert.deepEqual(waiting, [{ first_answered_at: null }]);
  assert.deepEqual(await checkReports(town), []);
});

test("a reply is of one to ten thousand characters, and only the intake desk writes it", async (t) => {
  const { town, at, cast, report } = await aReport(t);
  const issues = (text: string) => ReplyToReport.safeParse({ report, text }).error?.issues.map(({ message }) => message) ?? [];
  assert.deepEqual([issues("行"), issues("字".repeat(10_000))], [[], []]);
  assert.deepEqual([issues(" "), issues("字".repeat(10_001))], [["text/missing"], ["text/too-long"]]);
  const before = await verbsOf(town);
  for (const by of [cast.wuJie, cast.wangLu, cast.fengZheng, cast.shenJi])
    await assert.rejects(replyToReport(town, by, at, { report, text: "我来答" }), refusedWith("officer/not-allowed"));
  const nobody = "0198b6a0-0000-7000-8000-00000000ffff";
  await assert.rejects(replyToReport(town, cast.qianWen, at, { report: nobody, text: "答" }), refusedWith("report/unknown"));
  assert.deepEqual(await verbsOf(town), before);
});

test("what is passed on begins masked, and whatever is left of the reporter is taken out of what the desk then reads", async (t) => {
  const { town, at, cast, report, add, open, found, unread } = await aReport(t);
  await add("我是赵小满，东塘村二组9号的，打 138 0000 1234 或 wx-xiaoman 找我", 1);
  const seen = await add("邻居的电话 13911112222，身份证 110101199003070134", 2);
  await open();
  const masked = await wordsToPassOn(town, await found());
  assert.equal(masked, "我是***，***的，打 138****1234 或 *** 找我\n邻居的电话 139****2222，身份证 110101********0134");
  const typed = "赵小满（13800001234、xiaoman@example.com）说三号杆也不亮";
  await passWordsOn(town, cast.qianWen, minutesAfter(at, 3), { report, text: typed, seen });
  assert.deepEqual(await unread(), []);
  const told = await town.db
    .selectFrom("audit.private_text as w")
    .innerJoin("audit.event as e", "e.id", "w.event")
    .select(["e.verb", "w.text"])
    .where("e.verb", "in", ["problem.supplemented", "report.passed-on"])
    .orderBy("e.id")
    .execute();
  assert.deepEqual(
    told.map(({ verb, text }) => [verb, text]),
    ["problem.supplemented", "report.passed-on"].map((verb) => [verb, "***（***、***）说三号杆也不亮"]),
  );
  assert.equal(await wordsToPassOn(town, await found()), "", "what was passed on is not begun with again");
  assert.deepEqual(await checkReports(town), []);
});

test("passing on needs a problem and something added, is the intake desk's, and nobody's who is involved", async (t) => {
  const { town, at, cast, report, add, open, found } = await aReport(t);
  const pass = (by: Officer) => passWordsOn(town, by, at, PassWordsOn.parse({ report, text: "三号杆也不亮" }));
  const added = async () => (await found()).words.filter(({ kind }) => kind === "added").length;
  const refused = async (by: Officer, code: Parameters<typeof refusedWith>[0]) => {
    const before = await verbsOf(town);
    await assert.rejects(pass(by), refusedWith(code));
    assert.equal(await whyNotPassOn(town, by, { ...(await found()), added: await added() }), code, "the page says the same");
    assert.deepEqual(await verbsOf(town), before);
  };
  await refused(cast.wuJie, "officer/not-allowed");
  await refused(cast.qianWen, "report/no-problem");
  const { problem } = await open();
  await refused(cast.qianWen, "report/nothing-added");
  await add("三号杆也不亮", 1);
  const leads = (leaders: string[]) => town.db.updateTable("ledger.problem").set({ leaders }).where("id", "=", problem).execute();
  await leads([cast.qianWen.id]);
  await refused(cast.qianWen, "officer/involved");
  await leads([]);
  await pass(cast.qianWen);
});
