import sharp from "sharp";
import { RESIDENT, SYSTEM } from "#audit/append-event";
import { flagSkippedLookBacks } from "#detector/flag-skipped-look-backs";
import { addDocument } from "#evidence/add-document";
import { addPhoto } from "#evidence/add-photo";
import { forgetFile } from "#evidence/forget-file";
import { endUploads } from "#evidence/upload";
import { AcceptByOpening, acceptReport } from "#intake/accept-report";
import { addWord } from "#intake/add-word";
import { adoptCalendar } from "#intake/adopt-calendar";
import { answerReport } from "#intake/answer-report";
import { callReporter } from "#intake/call-reporter";
import { coverPhoto, withdrawPhoto } from "#intake/cover-photo";
import { categoriseReport } from "#intake/categorise-report";
import { confirmJoin } from "#intake/confirm-join";
import { declineReport } from "#intake/decline-report";
import { disputeJoin } from "#intake/dispute-join";
import { dropDraft } from "#intake/drop-draft";
import { keepDraft } from "#intake/keep-draft";
import { lookAtIdentity } from "#intake/look-at-identity";
import { moveReport } from "#intake/move-report";
import { openedIdentity } from "#intake/opened-identity";
import { passWordsOn } from "#intake/pass-words-on";
import { readWords } from "#intake/read-words";
import { receiveReport } from "#intake/receive-report";
import { ReceiveReport } from "#intake/said";
import { referReport } from "#intake/refer-report";
import { reissueReceipt } from "#intake/reissue-receipt";
import { replyToReport } from "#intake/reply-to-report";
import { standingDecision } from "#intake/report";
import { sayMeToo } from "#intake/say-me-too";
import { searchByPhone } from "#intake/search-by-phone";
import { sendDraft } from "#intake/send-draft";
import { separateReport } from "#intake/separate-report";
import { sweepDrafts } from "#intake/sweep";
import { takeBackDecision } from "#intake/take-back-decision";
import { undoOpening } from "#intake/undo-opening";
import { withdrawReport } from "#intake/withdraw-report";
import { wordKinds } from "#intake/word-kinds";
import { addPaper } from "#ledger/add-paper";
import { changeCampaign } from "#ledger/change-campaign";
import { changeTheme } from "#ledger/change-theme";
import { resumeDueProblems } from "#ledger/resume-problem";
import type { Officer } from "#people/officer";
import { newId } from "#platform/ids";
import { DAY_MS } from "#platform/instant";
import type { Town } from "#platform/town";
import { correctIdentity } from "#vault/correct-identity";
import { eraseIdentity } from "#vault/erase-identity";
import { answerQuestion } from "#verification/answer-question";
import type { DeskCommand, ProblemDesk } from "#office/desk";
import { holdCallBack, takeNextCallBack } from "#office/hold-call-back";
import { clearFlag } from "#verification/clear-flag";
import { dateFlags } from "#verification/date-flags";
import { dateObjections } from "#verification/date-objections";
import { raiseFlags } from "#verification/raise-flags";
import { recordAttempt } from "#verification/record-attempt";
import { raiseObjection } from "#verification/raise-objection";
import { upholdFlag } from "#verification/uphold-flag";
import { act, aPhoto, aProblem, deskOf } from "#test/desk";
import type { ATown } from "#test/town";

/** What every act below is about: a problem as a desk shows it, a report perhaps joined to it, its photos, a draft. */
export type Matter = {
  readonly t: ATown;
  readonly town: Town;
  readonly at: Date;
  readonly desk: ProblemDesk;
  readonly report: string;
  /** What its reporter added, and nobody has read. */
  readonly word: string;
  /** A report that was joined to the problem, where it can be, and has been disputed; with the decision, and another problem. */
  readonly joined: { readonly report: string; readonly decision: string };
  readonly other: string;
  /** What tells the sender's device from another's. */
  readonly device: string;
  /** A part of the report, and one that only waits for it. */
  readonly photos: { readonly used: string; readonly waiting: string };
  /** A document that waits for the problem. */
  readonly paper: string;
  readonly draft: string;
  readonly flag: string;
};

type Acts = Readonly<Record<string, (matter: Matter) => Promise<unknown>>>;

const LOOK = { reasonClass: "clarify", reason: "问清位置" } as const;
const CALENDAR = { version: null, year: 2027, source: "国办发明电", days: [{ day: "2027-01-01", kind: "off" as const, name: "元旦" }] };
const CAMPAIGN = {
  nameZh: "三问三化",
  nameEn: "Three Questions",
  planZh: "",
  planEn: "",
  startsOn: "2026-03-01",
  endsOn: "2026-12-31",
  finishDays: null,
};
const NOBODY = { name: "", phone: "", email: "", wechat: "", address: "" };
const PICTURE = sharp({ create: { width: 8, height: 8, channels: 3, background: "#a52" } })
  .jpeg()
  .toBuffer();

function letterOf({ categories, villages }: ATown, device: string) {
  const said = { title: "东塘村口路灯不亮", category: categories.complaint, village: villages.dongtang, phone: "13800001234", device };
  return { ...ReceiveReport.parse(said), channel: "web" as const };
}

/** A problem in some state, and everything else that the acts are about. */
export async function aMatter(t: ATown, at: Date, desk: ProblemDesk): Promise<Matter> {
  const { town } = t;
  const { id: problem, number: device } = desk.standing.problem;
  const { report } = await receiveReport(town, null, at, letterOf(t, device));
  await lookAtIdentity(town, t.cast.qianWen, at, { report, ...LOOK });
  const sentFor = { kind: "report", id: report } as const;
  const photos = { used: await aPhoto(t, sentFor), waiting: await aPhoto(t, sentFor) };
  const word = await addWord(town, at, { report, text: "", photos: [photos.used] });
  const paper = await aDocument(t, at, problem);
  const draft = await keepDraft(town, at, { id: null, answers: { title: "水管漏水", category: t.categories.complaint } });
  const flag = newId(at);
  const state = desk.standing.problem.status === "verified" ? "acted" : "open"; // an open one would let nothing be struck off
  await town.db
    .insertInto("verification.flag")
    .values({ town: town.id, id: flag, problem, kind: "came-back", mark: flag, about: JSON.stringify({}), raised_at: at, state })
    .execute();
  const other = (await deskOf(t, await aProblem(t, 0, at))).standing.problem.id;
  return { t, town, at, desk, report, word, joined: await aJoined(t, at, desk), other, device, photos, paper, draft, flag };
}

async function aJoined({ town, cast, categories }: ATown, at: Date, { standing }: ProblemDesk): Promise<Matter["joined"]> {
  const said = ReceiveReport.parse({ title: "村口水管漏水", category: categories.complaint });
  const { report } = await receiveReport(town, null, at, { ...said, channel: "web" });
  const { id: problem, status } = standing.problem;
  if (status === "closed" || status === "verified") await answerReport(town, cast.qianWen, at, { report, text: "已经修好" });
  else {
    await acceptReport(town, cast.qianWen, at, { report, problem });
    await disputeJoin(town, at, { report, text: "不是一件事" });
  }
  return { report, decision: standingDecision(await wordKinds(town, report))?.id ?? report };
}

const MISTAKE = "弄错了";

/** Never the same twice. */
async function aDocument({ town, cast }: ATown, at: Date, problem: string): Promise<string> {
  const bytes = Buffer.from(`%PDF-1.7 ${newId(at)} %%EOF`);
  return addDocument(town, { officer: cast.wuJie.id }, at, { bytes, sentFor: { kind: "problem", id: problem } });
}

/** Who sends which form of the desk. */
const AT_THE_DESK: Record<DeskCommand, keyof ATown["cast"]> = {
  assign: "zhengShang",
  theme: "zhengShang",
  "record-progress": "wuJie",
  "add-evidence": "wuJie",
  "declare-rectified": "wuJie",
  "ask-extension": "wuJie",
  "decide-extension": "zhengShang",
  "ask-suspension": "wangLu",
  "decide-suspension": "zhaoShu",
  resume: "zhengShang",
  remind: "zhengShang",
  "hand-over": "zhengShang",
  check: "fengZheng",
  "ask-reporters": "zhengShang",
  "post-notice": "zhengShang",
  "record-answer": "qianWen",
  "overrule-answer": "zhengShang",
  return: "fengZheng",
  "decide-objection": "fengZheng",
  close: "zhengShang",
  "look-back": "fengZheng",
  reopen: "fengZheng",
  "propose-dismissal": "qianWen",
  "decide-dismissal": "zhengShang",
  reinstate: "zhengShang",
};

function atTheDesk(): Acts {
  const commands = Object.keys(AT_THE_DESK).filter((word): word is DeskCommand => Object.hasOwn(AT_THE_DESK, word));
  return Object.fromEntries(
    commands.map((command) => [
      command,
      ({ t, town, at, desk }: Matter) => act({ ...t, town }, desk, command, t.cast[AT_THE_DESK[command]], at),
    ]),
  );
}

const BY_A_CLERK: Readonly<Record<string, (matter: Matter, clerk: Officer) => Promise<unknown>>> = {
  join: ({ town, at, report, desk }, clerk) => acceptReport(town, clerk, at, { report, problem: desk.standing.problem.id }),
  open: ({ t, town, at, report }, clerk) =>
    acceptReport(town, clerk, at, AcceptByOpening.parse({ report, title: "路灯不亮", category: t.categories.complaint })),
  "answer the report": ({ town, at, report }, clerk) => answerReport(town, clerk, at, { report, text: "已经修好" }),
  refer: ({ town, at, report }, clerk) => referReport(town, clerk, at, { report, referredTo: "县水务局", reason: "归县里管" }),
  categorise: ({ t, town, at, report }, clerk) => categoriseReport(town, clerk, at, { report, category: t.categories.help }),
  reply: ({ town, at, report }, clerk) => replyToReport(town, clerk, at, { report, text: "收到，明天去看" }),
  "read what was added": ({ town, at, report, word }, clerk) => readWords(town, clerk, at, { report, seen: word }),
  "pass on what was added": ({ town, at, report, word }, clerk) => passWordsOn(town, clerk, at, { report, text: "灯还是不亮", seen: word }),
  decline: ({ town, at, report }, clerk) => declineReport(town, clerk, at, { report, reason: "不归本镇" }),
  "take back": ({ town, at, joined }, clerk) => takeBackDecision(town, clerk, at, { ...joined, reason: MISTAKE }),
  separate: ({ town, at, joined }, clerk) => separateReport(town, clerk, at, { ...joined, reason: MISTAKE }),
  move: ({ town, at, joined, other }, clerk) => moveReport(town, clerk, at, { ...joined, reason: MISTAKE, problem: other }),
  "undo the opening": ({ town, at, joined }, clerk) => undoOpening(town, clerk, at, { ...joined, reason: MISTAKE }),
  "confirm a join": ({ town, at, joined }, clerk) => confirmJoin(town, clerk, at, { report: joined.report, reason: "是同一件" }),
  look: ({ town, at, report }, clerk) => lookAtIdentity(town, clerk, at, { report, ...LOOK }),
  "look again": ({ town, at, report }, clerk) => openedIdentity(town, clerk, at, report),
  call: ({ town, at, report }, clerk) =>
    callReporter(town, clerk, at, { report, ...LOOK, line: "07951234567", gateway: { connect: async () => true } }),
  reissue: ({ town, at, report }, clerk) => reissueReceipt(town, clerk, at, { report, manner: "phone" }),
  "search by phone": ({ town, at }, clerk) => searchByPhone(town, clerk, at, { ...LOOK, phone: "13800001234" }),
  "cover a photo": ({ town, at, photos }, clerk) =>
    coverPhoto(town, clerk, at, {
      file: photos.used,
      rectangles: [{ left: 1, top: 1, width: 9, height: 9 }],
      reason: "有车牌",
    }),
  "withdraw a photo": ({ town, at, photos }, clerk) => withdrawPhoto(town, clerk, at, { file: photos.used, reason: "有人脸" }),
};

/** Sent by forms, each inside the transaction of its key. */
export const FORMS_ON_A_REPORT: Acts = {
  ...atTheDesk(),
  ...Object.fromEntries(Object.entries(BY_A_CLERK).map(([name, act]) => [name, (matter: Matter) => act(matter, matter.t.cast.qianWen)])),
  "open another": ({ t, town, at }) => aProblem({ ...t, town }, 0, at),
  "clear a flag": ({ t, town, at, flag }) => clearFlag(town, t.cast.fengZheng, at, { flag, reason: "照片不是同一张" }),
  "uphold a flag": ({ t, town, at, flag }) => upholdFlag(town, t.cast.fengZheng, at, { flag, reason: "照片是别处的" }),
  "send again": ({ t, town, at, device }) => receiveReport(town, null, at, letterOf(t, device)),
  "withdraw what was joined": ({ town, at, joined }) => withdrawReport(town, at, { report: joined.report, reason: "" }),
  "dispute a join": ({ town, at, joined }) => disputeJoin(town, at, { report: joined.report, text: "" }),
  withdraw: ({ town, at, report }) => withdrawReport(town, at, { report, reason: "" }),
  "add a word": ({ town, at, report, photos }) => addWord(town, at, { report, text: "还是不亮", photos: [photos.waiting] }),
  "write on": ({ town, at, draft }) => keepDraft(town, at, { id: draft, answers: { details: "从早上开始" } }),
  "throw the draft away": ({ town, at, draft }) => dropDraft(town, at, draft),
  "lay a paper beside it": ({ t, town, at, desk, paper }) =>
    addPaper(town, t.cast.wuJie, at, { problem: desk.standing.problem.id, paper, caption: "验收单" }),
  "send the draft": ({ town, at, draft, device }) => sendDraft(town, at, { draft, seen: null, device }),
  "me too": ({ town, at, desk, device }) => sayMeToo(town, at, { problem: desk.standing.problem.id, device, address: "192.0.2.7" }),
  "answer a question": ({ town, at, desk }) => {
    const question = desk.round.questions[0]?.id ?? newId(at);
    return answerQuestion(town, RESIDENT, at, { question, solved: "no", satisfied: "no", why: "还是不亮" });
  },
  "reach nobody": ({ t, town, at, desk }) =>
    recordAttempt(town, t.cast.qianWen, at, { question: desk.round.questions[0]?.id ?? newId(at), manner: "phone" }),
  object: ({ town, at, desk }) =>
    raiseObjection(town, RESIDENT, at, { problem: desk.standing.problem.id, reason: "没有修好", address: "192.0.2.7" }),
  "correct who I am": ({ town, at, report }) => correctIdentity(town, at, { report, ...NOBODY, phone: "13800005678" }),
  "forget who I am": ({ town, at, report }) => eraseIdentity(town, RESIDENT, at, { report, because: "asked" }),
  "adopt the calendar": ({ t, town, at }) => adoptCalendar(town, t.cast.zhouXi, at, CALENDAR),
  "change the campaign": ({ t, town, at }) =>
    changeCampaign(town, t.cast.zhengShang, at, { ...CAMPAIGN, campaign: t.campaign, version: null, head: t.cast.zhaoShu.id }),
  "change the theme": ({ t, town, at }) =>
    changeTheme(town, t.cast.zhengShang, at, {
      theme: t.themes.business,
      version: null,
      nameZh: "营商环境",
      nameEn: "Business",
      position: 2,
    }),
};

/** By the clock, or before any form: each in transactions of its own. */
export const ALONE_ON_A_REPORT: Acts = {
  "send a photo": async ({ town, at, report }) =>
    addPhoto(town, { address: "192.0.2.1" }, at, { bytes: await PICTURE, sentFor: { kind: "report", id: report } }),
  "take the next to call": ({ t, town, at }) => takeNextCallBack(town, t.cast.qianWen, at),
  "hold who is called": ({ t, town, at, desk }) => holdCallBack(town, t.cast.zhengShang, at, desk.round.questions[0]?.id ?? newId(at)),
  "send a document": ({ t, town, at, desk }) => aDocument({ ...t, town }, at, desk.standing.problem.id),
  "sweep drafts": ({ town, at }) => sweepDrafts(town, new Date(at.getTime() + DAY_MS)),
  "forget a photo": ({ town, at, report, photos }) =>
    forgetFile(town, at, photos.waiting, (town) => endUploads(town, null, { kind: "report", id: report }, [photos.waiting])),
  "resume by the clock": ({ town, at }) => resumeDueProblems(town, at),
  "raise a flag": ({ town, at, desk }) => {
    const { id: problem } = desk.standing.problem;
    const about = { act: "declared", at: at.toISOString(), dueOn: "2026-08-01" } as const;
    return raiseFlags(town, at, at, [{ kind: "last-moment", problem, mark: problem, about }]);
  },
  "date flags": ({ town, at }) => dateFlags(town, SYSTEM, at),
  "date objections": ({ town, at }) => dateObjections(town, SYSTEM, at),
  "flag look-backs that were skipped": ({ town, at }) => flagSkippedLookBacks(town, at),
};
