import assert from "node:assert/strict";
import { AcceptByOpening, acceptReport } from "#intake/accept-report";
import { receiveReport } from "#intake/receive-report";
import { ReceiveReport } from "#intake/said";
import { actOn, deskOf, on } from "./desk.ts";
import { AT, type ATown } from "./town.ts";

/** Ten in the morning of a day. */
export function morning(day: string): Date {
  return new Date(on(day).getTime() + 3_600_000);
}

/** Four in the afternoon of a day. */
export function afternoon(day: string): Date {
  return new Date(on(day).getTime() + 7 * 3_600_000);
}

/** A lamp in Dongtang, rectified on 3 August and passed on 4 August 2026; its reporter, who left this, was asked, and so many others. */
export async function aCallBack(t: ATown, left: object, others = 0) {
  const { town, cast, categories, villages } = t;
  const said = {
    title: "东塘村口路灯不亮",
    details: "老人夜里看不见路",
    category: categories.complaint,
    village: villages.dongtang,
    ...left,
  };
  const called = () => receiveReport(town, null, AT, { ...ReceiveReport.parse(said), channel: "phone" });
  const { report } = await called();
  const opening = AcceptByOpening.parse({ report, title: "东塘村口路灯不亮", category: categories.complaint });
  const { problem } = await acceptReport(town, cast.qianWen, AT, opening);
  for (let i = 0; i < others; i += 1) await acceptReport(town, cast.qianWen, AT, { report: (await called()).report, problem });
  const { number } = await town.db.selectFrom("ledger.problem").select("number").where("id", "=", problem).executeTakeFirstOrThrow();
  await actOn(t, number, "assign", cast.zhengShang, AT);
  await actOn(t, number, "declare-rectified", cast.wuJie, on("2026-08-03"));
  await actOn(t, number, "check", cast.fengZheng, on("2026-08-04"));
  const question = (await deskOf(t, number)).round.questions[0]?.id ?? assert.fail();
  return { number, problem, report, question };
}
