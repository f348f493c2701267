import assert from "node:assert/strict";
import { test } from "node:test";
import { RESIDENT } from "#audit/append-event";
import { acceptReport } from "#intake/accept-report";
import { addWord } from "#intake/add-word";
import { answerReport } from "#intake/answer-report";
import { declineReport } from "#intake/decline-report";
import { receiveReport, ReceiveReport } from "#intake/receive-report";
import { withdrawReport } from "#intake/withdraw-report";
import { countMeToo } from "#ledger/count-me-too";
import { changeOfficer } from "#people/change-officer";
import { changeUnit } from "#people/change-unit";
import { disableOfficer } from "#people/disable-officer";
import { enableOfficer } from "#people/enable-officer";
import { grantDuty } from "#people/grant-duty";
import { resetPassword } from "#people/reset-password";
import { revokeDuty } from "#people/revoke-duty";
import { newId } from "#platform/ids";
import { takeInOrder } from "#platform/lock-order";
import { once } from "#platform/once";
import { transact, type Town } from "#platform/town";
import { Refusal } from "#refusals";
import { actOn, aProblem, deskOf, on } from "#test/desk";
import { aTown, type ATown } from "#test/town";

/** SANWEN_LOCK_ROUNDS=200 for the long run. */
const ROUNDS = Number(process.env["SANWEN_LOCK_ROUNDS"] ?? "2");

type Subject = {
  readonly t: ATown;
  readonly town: Town;
  readonly at: Date;
  readonly report: string;
  readonly problem: string;
  readonly number: string;
};
type Acts = Readonly<Record<string, (subject: Subject) => Promise<unknown>>>;

const letter = (t: ATown, device: string) => ({
  ...ReceiveReport.parse({ title: "东塘村口路灯不亮", category: t.categories.complaint, village: t.villages.dongtang, device }),
  channel: "web" as const,
});

const ON_A_REPORT: Acts = {
  "send again": ({ t, town, at, number }) => receiveReport(town, null, at, letter(t, number)),
  withdraw: ({ town, at, report }) => withdrawReport(town, at, { report, reason: "" }),
  join: ({ t, town, at, report, problem }) => acceptReport(town, t.cast.qianWen, at, { report, problem }),
  answer: ({ t, town, at, report }) => answerReport(town, t.cast.qianWen, at, { report, text: "已经修好" }),
  decline: ({ t, town, at, report }) => declineReport(town, t.cast.qianWen, at, { report, reason: "不归本镇" }),
  "add a word": ({ town, at, report }) => addWord(town, at, { report, text: "还是不亮", photos: [] }),
  "me too": ({ town, at, problem }) => countMeToo(town, RESIDENT, at, { problem }),
  assign: ({ t, town, at, number }) => actOn({ ...t, town }, number, "assign", t.cast.zhengShang, at),
  dismiss: ({ t, town, at, number }) => actOn({ ...t, town }, number, "propose-dismissal", t.cast.qianWen, at),
  "open another": ({ t, town, at }) => aProblem({ ...t, town }, 0, at),
};

const ON_AN_OFFICER: Acts = {
  disable: ({ t, town, at }) => disableOfficer(town, t.cast.zhouXi, at, { officer: t.cast.wuJie.id, version: null }),
  enable: ({ t, town, at }) => enableOfficer(town, t.cast.zhouXi, at, { officer: t.cast.wuJie.id, version: null }),
  change: ({ t, town, at }) =>
    changeOfficer(town, t.cast.zhouXi, at, {
      officer: t.cast.wuJie.id,
      version: null,
      name: "吴洁",
      titleZh: "",
      titleEn: "",
      unit: t.units.rural,
    }),
  grant: ({ t, town, at }) => grantDuty(town, t.cast.wuAn, at, { officer: t.cast.wuJie.id, version: null, duty: "clerk" }),
  revoke: ({ t, town, at }) => revokeDuty(town, t.cast.wuAn, at, { officer: t.cast.wuJie.id, version: null, duty: "clerk" }),
  "reset the password": ({ t, town, at }) =>
    resetPassword(town, t.cast.zhouXi, at, { officer: t.cast.wuJie.id, version: null, hash: "none" }),
  "change the unit": ({ t, town, at }) =>
    changeUnit(town, t.cast.zhouXi, at, {
      unit: t.units.rural,
      version: null,
      nameZh: "乡村振兴办",
      nameEn: "Rural",
      kind: "department",
      parent: t.units.government,
    }),
  "open another": ({ t, town, at }) => aProblem({ ...t, town }, 0, at),
};

/** As a door does it: once, by a form of its own. What is refused is refused in words; anything else is a fault that a person sees. */
async function atOnce(subject: Subject, acts: Acts, pair: readonly string[]): Promise<void> {
  const form = (name: string) =>
    once(subject.town, `lock/${name}`, subject.at, newId(subject.at), async (town) => {
      await acts[name]?.({ ...subject, town });
      return "/";
    });
  const ended = await Promise.allSettled(pair.map(form));
  for (const [i, one] of ended.entries())
    if (one.status === "rejected" && !(one.reason instanceof Refusal))
      throw new Error(`${pair[i]} failed beside ${pair[1 - i]}`, { cause: one.reason });
}

function pairsOf(acts: Acts): readonly (readonly string[])[] {
  const names = Object.keys(acts);
  return names.flatMap((a, i) => names.slice(i).map((b) => [a, b]));
}

for (const [subject, acts] of Object.entries({ "a report and its problem": ON_A_REPORT, "an officer": ON_AN_OFFICER })) {
  test(
    `any two commands at once on ${subject} end in being done or refused, never in a deadlock`,
    { timeout: 3_600_000 },
    async (context) => {
      const t = await aTown(context);
      const at = on("2026-07-28");
      for (let round = 0; round < ROUNDS; round += 1)
        for (const pair of pairsOf(acts)) {
          const number = await aProblem(t);
          const { report } = await receiveReport(t.town, null, at, letter(t, number));
          const problem = (await deskOf(t, number)).standing.problem.id;
          if (round % 2 === 1) await acceptReport(t.town, t.cast.qianWen, at, { report, problem });
          await atOnce({ t, town: t.town, at, report, problem, number }, acts, pair);
        }
    },
  );
}

test("a lock out of order fails where it is taken, whether anybody waits or not", async (context) => {
  const { town } = await aTown(context);
  await assert.rejects(
    transact(town, async () => {
      takeInOrder("problem");
      takeInOrder("report");
    }),
    /couldn't lock a report while holding a problem/,
  );
  await transact(town, async () => {
    for (const lock of ["town", "report", "problem", "town", "file"] as const) takeInOrder(lock);
  });
});

test("opening a problem does not wait for somebody who changes people", async (context) => {
  const t = await aTown(context);
  const [changed, done] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const slow = transact(t.town, async (town) => {
    await disableOfficer(town, t.cast.zhouXi, t.at, { officer: t.cast.wuJie.id, version: null });
    changed.resolve();
    await done.promise;
  });
  await changed.promise;
  await aProblem(t); // would wait here for ever
  done.resolve();
  await slow;
});
