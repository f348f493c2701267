import { AskReporters, askReporters } from "#verification/ask-reporters";
import { CloseProblem, closeProblem } from "#verification/close-problem";
import { DecideObjection, decideObjection } from "#verification/decide-objection";
import { isAhead, isOpen, standsAsNo, whyNotRecordTo } from "#verification/gate";
import { LookBack, lookBack } from "#verification/look-back";
import { OverruleAnswer, overruleAnswer } from "#verification/overrule-answer";
import { PostNotice, postNotice } from "#verification/post-notice";
import { RecordAnswer, recordAnswer } from "#verification/record-answer";
import { ReopenProblem, reopenProblem } from "#verification/reopen-problem";
import { ReturnProblem, returnProblem } from "#verification/return-problem";
import { MANNERS } from "#verification/round";
import { clockOf, dayOf } from "#platform/instant";
import { part } from "#doors/web/form/drawn";
import { html, type Html } from "#doors/web/html";
import { dayText } from "#doors/web/ui/day";
import { paragraphField, selectField, type Option } from "#doors/web/ui/field";
import { channelName } from "#doors/web/ui/told";
import { choiceField } from "./desk-fields.ts";
import { deskForm, type DeskView } from "./desk-form.ts";

export const askReportersForm = deskForm({
  command: "ask-reporters",
  who: "follow-up",
  schema: AskReporters,
  fields: () => html``,
  act: askReporters,
});

export const recordAnswerForm = deskForm({
  command: "record-answer",
  who: "triage",
  schema: RecordAnswer,
  fields: (view) => {
    const { fields, manners, solved, notSolved } = view.visit.words.desk;
    return html`${oneOf(view, "question", fields.reporter, questionsToRecord(view))}
    ${choiceField(
      view,
      "manner",
      fields.askedBy,
      MANNERS.map((value) => ({ value, label: manners[value] })),
    )}
    ${choiceField(view, "solved", fields.said, [
      { value: "yes", label: solved },
      { value: "no", label: notSolved },
    ])}
    ${choiceField(view, "satisfied", fields.satisfied, [
      { value: "yes", label: fields.isSatisfied },
      { value: "no", label: fields.isNotSatisfied },
      { value: "", label: fields.unsaid },
    ])}
    ${paragraphField(view.visit, { ...part(view, "why", fields.ownWords, fields.ownWordsHint), required: false, rows: 3 })}`;
  },
  act: recordAnswer,
});

/** Whoever may still answer, by the door their report came through and when it joined: the desk says no more of them. */
function questionsToRecord({ visit, desk }: DeskView): readonly Option[] {
  const joined = new Map(desk.reports.map((report) => [report.report, report]));
  return desk.round.questions
    .filter((question) => whyNotRecordTo(question, visit.at) === null)
    .map(({ id, report, askedAt }) => {
      const found = joined.get(report);
      const at = found?.joinedAt ?? askedAt;
      const since = `${dayText(visit, dayOf(at))} ${clockOf(at)}`;
      return { value: id, label: found === undefined ? since : `${channelName(visit, found.channel)} · ${since}` };
    });
}

export const overruleForm = deskForm({
  command: "overrule-answer",
  who: "oversee",
  schema: OverruleAnswer,
  fields: (view) => {
    const words = view.visit.words.desk.fields;
    const noes = view.desk.round.questions
      .filter(standsAsNo)
      .map(({ id, answer }) => ({ value: id, label: answer === null || answer.why === "" ? view.visit.words.desk.notSolved : answer.why }));
    return html`${oneOf(view, "question", words.question, noes)}
      ${paragraph(view, "reason", words.publicReason)}`;
  },
  act: overruleAnswer,
});

export const returnForm = deskForm({
  command: "return",
  who: "follow-up",
  schema: ReturnProblem,
  fields: (view) => paragraph(view, "reason", view.visit.words.desk.fields.publicReason),
  act: returnProblem,
});

export const noticeForm = deskForm({ command: "post-notice", who: "oversee", schema: PostNotice, fields: () => html``, act: postNotice });

export const objectionForm = deskForm({
  command: "decide-objection",
  who: "verify",
  schema: DecideObjection,
  fields: (view) => {
    const words = view.visit.words.desk.fields;
    const open = view.desk.round.objections.filter(isOpen).map((objection) => ({ value: objection.id, label: objection.reason }));
    const decisions = [
      { value: "yes", label: words.uphold },
      { value: "no", label: words.reject },
    ];
    return html`${oneOf(view, "objection", words.objection, open)}
    ${choiceField(view, "upheld", words.decision, decisions)}
    ${paragraph(view, "reason", words.publicReason)}`;
  },
  act: decideObjection,
});

export const closeForm = deskForm({
  command: "close",
  who: "oversee",
  schema: CloseProblem,
  fields: (view) => paragraph(view, "statement", view.visit.words.desk.fields.statement),
  act: closeProblem,
});

export const lookBackForm = deskForm({
  command: "look-back",
  who: "verify",
  schema: LookBack,
  fields: (view) => {
    const words = view.visit.words.desk.fields;
    const ahead = view.desk.round.lookBacks
      .filter(isAhead)
      .map((waiting) => ({ value: waiting.id, label: dayText(view.visit, waiting.dueOn) }));
    const outcomes = [
      { value: "held", label: words.held },
      { value: "relapsed", label: words.relapsed },
    ];
    return html`${oneOf(view, "lookBack", words.lookBack, ahead)}
    ${paragraph(view, "finding", words.finding)}
    ${choiceField(view, "outcome", words.outcome, outcomes)}`;
  },
  act: lookBack,
});

export const reopenForm = deskForm({
  command: "reopen",
  who: "follow-up",
  schema: ReopenProblem,
  fields: (view) => paragraph(view, "reason", view.visit.words.desk.fields.publicReason),
  act: reopenProblem,
});

function paragraph(view: DeskView, name: string, label: string): Html {
  return paragraphField(view.visit, { ...part(view, name, label), rows: 3 });
}

/** Which of several; the first stands chosen. */
function oneOf(view: DeskView, name: string, label: string, options: readonly Option[]): Html {
  return selectField(view.visit, { ...part(view, name, label), options });
}
