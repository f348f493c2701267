import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { disableOfficer } from "#people/disable-officer";
import { newId } from "#platform/ids";
import { takeInOrder } from "#platform/lock-order";
import { once } from "#platform/once";
import { transact, type Town } from "#platform/town";
import { Refusal } from "#refusals";
import { ALONE_ON_A_REPORT, aMatter, FORMS_ON_A_REPORT } from "#test/acts-on-a-report";
import { ALONE_ON_AN_OFFICER, anAccount, FORMS_ON_AN_OFFICER } from "#test/acts-on-an-officer";
import { actOn, answerAll, aProblem, aVerifiedProblem, deskOf, on } from "#test/desk";
import { aTown, AT, type ATown } from "#test/town";

/** SANWEN_LOCK_ROUNDS=200 for the long run: in each round every act meets another one, on a problem in another state. */
const ROUNDS = Number(process.env["SANWEN_LOCK_ROUNDS"] ?? "1");
const WHEN = on("2026-08-12");

type Subject = { readonly town: Town; readonly at: Date };
type Acts<S> = Readonly<Record<string, (subject: S) => Promise<unknown>>>;
/** Those inside the transaction of a form's key, and those that begin their own. */
type AllActs<S> = { readonly forms: Acts<S>; readonly alone: Acts<S> };

/** Both at once. What is refused is refused in words; anything else is a fault that a person sees. */
async function atOnce<S extends Subject>(subject: S, { forms, alone }: AllActs<S>, pair: readonly string[]): Promise<void> {
  const begin = async (name: string) => {
    const form = forms[name];
    if (form === undefined) return alone[name]?.(subject);
    return once(subject.town, `lock/${name}`, subject.at, newId(subject.at), async (town) => {
      await form({ ...subject, town });
      return "/";
    });
  };
  const ended = await Promise.allSettled(pair.map(begin));
  for (const [i, one] of ended.entries())
    if (one.status === "rejected" && !(one.reason instanceof Refusal))
      throw new Error(`${pair[i]} failed beside ${pair[1 - i]}`, { cause: one.reason });
}

/** Every act once, beside the one behind it, in the next round the one behind that; in the last beside itself. */
function pairsOf<S>({ forms, alone }: AllActs<S>, round: number): readonly (readonly string[])[] {
  const names = [...Object.keys(forms), ...Object.keys(alone)];
  return names.map((name, i) => [name, names[(i + round + 1) % names.length] ?? name]);
}

/** A problem on its way, as far as its number says. */
const STATES: readonly ((t: ATown) => Promise<string>)[] = [
  (t) => aProblem(t),
  async (t) => {
    const number = await aProblem(t);
    await actOn(t, number, "assign", t.cast.zhengShang, AT);
    return number;
  },
  async (t) => {
    const number = await aProblem(t);
    await actOn(t, number, "assign", t.cast.zhengShang, AT);
    await actOn(t, number, "ask-suspension", t.cast.wangLu, AT);
    await actOn(t, number, "decide-suspension", t.cast.zhaoShu, AT);
    return number;
  },
  async (t) => {
    const number = await aProblem(t);
    await actOn(t, number, "assign", t.cast.zhengShang, AT);
    await actOn(t, number, "declare-rectified", t.cast.wuJie, on("2026-08-03"));
    return number;
  },
  (t) => aVerifiedProblem(t),
  aNoticed,
  async (t) => {
    const number = await aNoticed(t);
    await actOn(t, number, "close", t.cast.zhengShang, WHEN);
    return number;
  },
];

async function aNoticed(t: ATown): Promise<string> {
  const number = await aVerifiedProblem(t);
  await answerAll(t, number, on("2026-08-05"), "yes");
  await actOn(t, number, "post-notice", t.cast.zhengShang, on("2026-08-05"));
  return number;
}

test(
  "any two acts at once on a report and its problem end in being done or refused, never in a deadlock",
  { timeout: 60_000 + ROUNDS * 120_000 },
  async (context) => {
    const t = await aTown(context);
    const acts = { forms: FORMS_ON_A_REPORT, alone: ALONE_ON_A_REPORT };
    for (let round = 0; round < ROUNDS; round += 1)
      for (const [i, pair] of pairsOf(acts, round).entries()) {
        const number = await STATES[(i + round) % STATES.length]?.(t);
        await atOnce(await aMatter(t, WHEN, await deskOf(t, number ?? "", WHEN)), acts, pair);
      }
  },
);

test(
  "any two acts at once on an officer end in being done or refused, never in a deadlock",
  { timeout: 60_000 + ROUNDS * 120_000 },
  async (context) => {
    const t = await aTown(context);
    const acts = { forms: FORMS_ON_AN_OFFICER, alone: ALONE_ON_AN_OFFICER };
    for (let round = 0; round < ROUNDS; round += 1)
      for (const pair of pairsOf(acts, round)) await atOnce(await anAccount(t, WHEN), acts, pair);
  },
);

/** Commands that meet nobody else's, or only inside one that is among the acts above. */
const APART: Readonly<Record<string, string>> = {
  "evidence/black-out.ts": "inside cover-photo",
  "evidence/redact-file.ts": "inside cover-photo",
  "intake/answer-sealed-report.ts": "its one sealed report, and takes no other kind",
  "intake/let-out-report.ts": "its one sealed report: the ordinary one is known to nobody yet",
  "intake/open-sealed-report.ts": "its one sealed report, then a problem that nobody knows yet",
  "intake/look-at-sealed-identity.ts": "its one sealed report, then who sent it",
  "intake/read-sealed-words.ts": "its one sealed report, and takes no other kind",
  "intake/redact-sealed-report.ts": "its one sealed report, and takes no other kind",
  "intake/refer-sealed-report.ts": "its one sealed report, and takes no other kind",
  "intake/reply-to-sealed-report.ts": "its one sealed report, and takes no other kind",
  "evidence/draw-first-pages.ts": "by the clock: one file's lock, and takes no other kind",
  "intake/remake-search.ts": "by the clock: passes over rows somebody holds, and takes no other kind",
  "intake/tell-overdue.ts": "by the clock, and within the answer that comes too late: one report's row, and takes no other kind",
  "ledger/add-campaign.ts": "makes what nobody knows yet",
  "ledger/add-theme.ts": "makes what nobody knows yet",
  "ledger/count-me-too.ts": "inside say-me-too",
  "ledger/join-report.ts": "inside accept-report",
  "ledger/release-report.ts": "inside withdraw-report",
  "ledger/separate-report.ts": "inside the room intake's separate-report",
  "ledger/undo-opening.ts": "inside the room intake's undo-opening",
  "verification/leave-reporter-out.ts": "inside separate-report, move-report and undo-opening",
  "ledger/supplement-problem.ts": "inside pass-words-on",
  "ledger/remake-search.ts": "by the clock: passes over rows somebody holds, and takes no other kind",
  "people/add-town.ts": "before there is a town",
  "people/disable-officer.ts": "inside part-with-officer",
  "people/retire-unit.ts": "inside part-with-unit",
  "people/confirm-password.ts": "inside change-password, make-recovery-codes and remove-totp",
  "vault/find-by-phone.ts": "inside search-by-phone",
  "vault/record-look.ts": "inside look-at-identity and call-reporter",
  "vault/sort-older.ts": "before the doors open",
};

test("every command of people, reports, photos and problems is among the acts that meet each other", () => {
  const root = join(import.meta.dirname, "..");
  const commands = globSync("{town,loop}/{people,vault,evidence,ledger,verification,intake,detector}/*.ts", { cwd: join(root, "src") })
    .filter((path) => !path.endsWith(".test.ts") && /\btransact\(/.test(readFileSync(join(root, "src", path), "utf8")))
    .map((path) => path.split("/").slice(1).join("/"));
  const told = ["acts-on-a-report.ts", "acts-on-an-officer.ts", "desk.ts"]
    .map((name) => readFileSync(join(root, "test", name), "utf8"))
    .join();
  const isAmong = (path: string) => told.includes(`"#${path.replace(".ts", "")}"`);
  assert.deepEqual(commands.filter((path) => !isAmong(path)).sort(), Object.keys(APART).sort());
});

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
