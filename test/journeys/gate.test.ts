import assert from "node:assert/strict";
import { after, test, type TestContext } from "node:test";
import type { Page } from "playwright-core";
import { RESIDENT } from "#audit/append-event";
import { statusOf } from "#doors/web/refusal-page";
import { wordsIn, type Lang, type Words } from "#words/words";
import { joinReport } from "#ledger/join-report";
import { LEDGER_ACTS } from "#ledger/who-may";
import { hasDuty, type Duty, type Officer } from "#people/officer";
import { newId } from "#platform/ids";
import { addDays, dayOf } from "#platform/instant";
import type { RefusalCode } from "#refusals";
import { actOn, answerAll, aProblem, aVerifiedProblem, deskOf, on } from "#test/desk";
import { AT, aTown, type ATown } from "#test/town";
import type { DeskCommand } from "#office/desk";
import { GATE_ACTS } from "#verification/gate";
import { offersOf } from "#office/offers";
import { raiseObjection } from "#verification/raise-objection";
import { aHouse, aPage, closeBrowser } from "./house.ts";
import { sitDown, type Stage } from "./officers-at-work.ts";

after(closeBrowser);

const MONDAY = on("2026-08-03");
const TUESDAY = on("2026-08-04");
const WEDNESDAY = on("2026-08-05");
/** The notice posted on the 5th ends with Monday the 10th; the windows opened on the 4th end on the 11th at nine. */
const LAST_DAY = on("2026-08-10");
const AFTER_ALL = on("2026-08-12");

/** Duties that a town should not give to one person but may have given: the gate must stand all the same. */
async function also({ town }: ATown, who: Officer, ...duties: readonly Duty[]): Promise<Officer> {
  await town.db
    .insertInto("people.duty")
    .values(duties.map((duty) => ({ town: town.id, id: newId(AT), officer: who.id, duty, granted_at: AT })))
    .execute();
  return { ...who, duties: new Set([...who.duties, ...duties]) };
}

async function anOffice(t: TestContext) {
  const its = await aTown(t);
  // Nobody's password grows old within the months of the story.
  await its.town.db.updateTable("people.policy").set({ password_days: 0 }).execute();
  const house = await aHouse(t, its.town, its.at);
  const stage: Stage = { town: its.town, house };
  const page = await aPage(t);
  const seen = new Set<RefusalCode>();
  const refused = (number: string, command: DeskCommand, by: Officer, at: Date, code: RefusalCode, lang: Lang = "zh") => {
    seen.add(code);
    return seeRefused({ its, stage, page }, { number, command, by, at, code, lang });
  };
  return { its, stage, page, seen, refused };
}

type Seen = {
  readonly number: string;
  readonly command: DeskCommand;
  readonly by: Officer;
  readonly at: Date;
  readonly code: RefusalCode;
  readonly lang: Lang;
};

/** The desk says why the act is not possible yet, folded away; sent all the same it is refused with them and changes nothing. */
async function seeRefused({ its, stage, page }: { its: ATown; stage: Stage; page: Page }, seen: Seen): Promise<void> {
  const { number, command, by, at, code, lang } = seen;
  const name = `${command} by ${by.name}: ${code}`;
  const before = await deskOf(its, number, at);
  assert.equal(offersOf(before, by, at).find((offer) => offer.command === command)?.refused, code, name);
  stage.house.clock.now = at;
  await sitDown(stage, page, by);
  await page.context().addCookies([{ name: "lang", value: lang, url: stage.house.origin }]);
  await page.goto(`${stage.house.origin}/office/ledger/${number}?act=${command}`);
  const words = wordsIn(lang);
  await page.locator("details.acts-not > summary").click();
  const line = page.locator(".refused-acts li", { has: page.locator(`#no-${command}`) });
  assert.ok((await line.innerText()).startsWith(words.desk.commands[command].name), name);
  const reason = page.locator(`#no-${command}`);
  assert.ok(await reason.isVisible(), name);
  assert.equal(await reason.innerText(), reasonIn(words, command, code), name);
  assert.equal(await page.locator(`form[action$="/${command}"]`).count(), 0, `${name}: no form is offered`);

  const sent = await page.request.post(`${stage.house.origin}/office/ledger/${number}/${command}`, {
    headers: { origin: stage.house.origin },
    form: fieldsOf(command, before, at), // as a browser sends a form without a file field
  });
  assert.equal(sent.status(), statusOf(code), name);
  assert.ok([403, 404, 409].includes(sent.status()), name);
  await page.setContent(await sent.text());
  const said = mayEnter(command, by) ? words.refusals.codes[code] : words.common.errors.notAllowed;
  assert.ok((await page.locator("main").innerText()).includes(said), name);
  assert.deepEqual(await deskOf(its, number, at), before, `${name}: nothing changed`);
}

/** The step that would allow it, where the step forbids it; otherwise the refusal's own words. */
function reasonIn(words: Words, command: DeskCommand, code: RefusalCode): string {
  if (code !== "problem/wrong-status") return words.refusals.codes[code];
  const { statuses } = words.publicSide.ledger;
  return words.desk.onlyWhile(ACTS[command].from.map((status) => statuses[status]).join(words.events.list));
}

const ACTS = { ...LEDGER_ACTS, ...GATE_ACTS };

/** Whether the door lets the officer send this act at all. */
function mayEnter(command: DeskCommand, by: Officer): boolean {
  return hasDuty(by, ...ACTS[command].duties);
}

/** Every field of the act's form, sensibly filled in, drawn from the desk as it stands. */
function fieldsOf(command: DeskCommand, { standing, round }: Awaited<ReturnType<typeof deskOf>>, at: Date): Record<string, string> {
  const { problem } = standing;
  const nobody = newId(at);
  const drawn = { form_key: crypto.randomUUID(), problem: problem.id, version: String(problem.version) };
  const text = { note: "请抓紧", reason: "原因写在这里", finding: "去看了", statement: "可以销号", manner: "on_site" };
  const decision = { grant: "yes", approve: "yes", upheld: "yes", confirm: "yes", ground: "untrue", newDueOn: addDays(dayOf(at), 5) };
  const chosen = {
    question: round.questions[0]?.id ?? nobody,
    objection: round.objections[0]?.id ?? nobody,
    lookBack: round.lookBacks.find(({ outcome }) => outcome === null)?.id ?? nobody,
  };
  return { ...drawn, ...text, ...decision, ...chosen, outcome: command === "look-back" ? "held" : "passed" };
}

test("who may not verify is told why on the desk, and is refused", async (t) => {
  const { its, refused, seen } = await anOffice(t);
  const { cast, units } = its;
  const wangLu = await also(its, cast.wangLu, "verifier");
  const liHe = await also(its, cast.liHe, "verifier");
  const wuJie = await also(its, cast.wuJie, "verifier");
  const zhaoShu = await also(its, cast.zhaoShu, "verifier");
  const number = await aProblem(its);
  await refused(number, "check", cast.fengZheng, AT, "problem/wrong-status");
  await refused(number, "close", cast.qianWen, AT, "problem/wrong-status", "en");
  await actOn(its, number, "assign", cast.zhengShang, AT);
  await refused(number, "decide-extension", cast.qianWen, AT, "extension/none-waiting");
  await actOn(its, number, "record-progress", cast.wuJie, AT);
  await actOn(its, number, "hand-over", cast.zhengShang, AT, { yes: true, leaders: [liHe.id], unit: units.ecology });
  await actOn(its, number, "declare-rectified", liHe, MONDAY);
  await refused(number, "check", liHe, TUESDAY, "verifier/leads");
  await refused(number, "check", wangLu, TUESDAY, "verifier/leads"); // who led it before leads it still
  await refused(number, "check", wuJie, TUESDAY, "verifier/worked-on-it", "en");
  await refused(number, "check", zhaoShu, TUESDAY, "officer/not-allowed");
  await refused(number, "check", cast.qianWen, TUESDAY, "officer/not-allowed");

  const other = await aProblem(its);
  await actOn(its, other, "assign", cast.zhengShang, AT);
  await actOn(its, other, "declare-rectified", cast.wangLu, MONDAY);
  await refused(other, "check", wuJie, TUESDAY, "verifier/same-unit");
  assert.deepEqual([...seen].filter((code) => code.startsWith("verifier/")).length, 3);
});

test("what keeps the closing gate shut is said on the desk, one condition after the other", async (t) => {
  const { its, refused } = await anOffice(t);
  const { cast, town } = its;
  const sunTian = await also(its, cast.sunTian, "verifier", "office");
  const wangLu = await also(its, cast.wangLu, "office");

  const quiet = await aProblem(its, 0);
  await actOn(its, quiet, "assign", cast.zhengShang, AT);
  await actOn(its, quiet, "declare-rectified", cast.wuJie, MONDAY);
  await actOn(its, quiet, "check", sunTian, TUESDAY);
  await refused(quiet, "close", cast.fengZheng, WEDNESDAY, "officer/not-allowed");
  await refused(quiet, "ask-reporters", cast.qianWen, WEDNESDAY, "question/none");
  await refused(quiet, "overrule-answer", cast.qianWen, WEDNESDAY, "answer/nothing-to-overrule");
  await refused(quiet, "return", cast.fengZheng, WEDNESDAY, "answer/none-to-honour");
  await refused(quiet, "decide-objection", cast.fengZheng, WEDNESDAY, "objection/unknown");
  await refused(quiet, "look-back", cast.fengZheng, WEDNESDAY, "problem/wrong-status");
  await refused(quiet, "close", cast.qianWen, WEDNESDAY, "notice/none", "en");
  await actOn(its, quiet, "post-notice", cast.qianWen, WEDNESDAY);
  await refused(quiet, "post-notice", cast.qianWen, WEDNESDAY, "notice/posted");
  await refused(quiet, "close", cast.qianWen, LAST_DAY, "notice/running");
  await refused(quiet, "close", sunTian, AFTER_ALL, "closer/only-verifier");
  await refused(quiet, "close", wangLu, AFTER_ALL, "officer/answerable");
  const { problem } = (await deskOf(its, quiet)).standing;
  await raiseObjection(town, RESIDENT, LAST_DAY, { problem: problem.id, reason: "昨天中午去还是没人", address: "192.0.2.7" });
  await refused(quiet, "close", cast.qianWen, AFTER_ALL, "objection/open", "en");
  await actOn(its, quiet, "decide-objection", cast.fengZheng, AFTER_ALL, { yes: false });
  await actOn(its, quiet, "close", cast.qianWen, AFTER_ALL);
});

test("a reporter who was not asked, may still answer, or said no keeps the gate shut", async (t) => {
  const { its, refused } = await anOffice(t);
  const { cast, town } = its;
  const wangLu = await also(its, cast.wangLu, "office");
  const number = await aVerifiedProblem(its);
  await actOn(its, number, "post-notice", cast.qianWen, TUESDAY);
  await refused(number, "close", cast.qianWen, LAST_DAY, "question/window-open");
  await answerAll(its, number, LAST_DAY, "yes");
  const { problem } = (await deskOf(its, number)).standing;
  await joinReport(town, cast.qianWen, LAST_DAY, { problem: problem.id, report: newId(LAST_DAY), channel: "phone", answer: null });
  await refused(number, "close", cast.qianWen, AFTER_ALL, "question/unasked");
  await actOn(its, number, "ask-reporters", cast.qianWen, AFTER_ALL);
  await answerAll(its, number, AFTER_ALL, "no");
  await refused(number, "close", cast.qianWen, AFTER_ALL, "answer/no-stands");
  await refused(number, "overrule-answer", wangLu, AFTER_ALL, "officer/answerable");
});

test("a closed problem is looked at again on its day, by somebody independent, and closed once", async (t) => {
  const { its, refused } = await anOffice(t);
  const { cast } = its;
  const wuJie = await also(its, cast.wuJie, "verifier");
  const number = await aVerifiedProblem(its, 0);
  await actOn(its, number, "post-notice", cast.qianWen, TUESDAY);
  await actOn(its, number, "close", cast.qianWen, AFTER_ALL);
  await refused(number, "close", cast.qianWen, AFTER_ALL, "problem/closed");
  await refused(number, "look-back", cast.fengZheng, AFTER_ALL, "look-back/not-due", "en");
  await refused(number, "look-back", wuJie, on("2026-09-11"), "verifier/worked-on-it");
  await actOn(its, number, "look-back", cast.fengZheng, on("2026-09-11"));
  await refused(number, "look-back", cast.fengZheng, on("2026-09-11"), "look-back/not-due");
  await actOn(its, number, "look-back", cast.fengZheng, on("2026-11-20"));
  await refused(number, "look-back", cast.fengZheng, on("2026-11-20"), "look-back/unknown");
});
