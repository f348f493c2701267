import { AskExtension, askExtension } from "#ledger/ask-extension";
import { AskSuspension, askSuspension } from "#ledger/ask-suspension";
import { DecideDismissal, decideDismissal } from "#ledger/decide-dismissal";
import { DecideExtension, decideExtension } from "#ledger/decide-extension";
import { DecideSuspension, decideSuspension } from "#ledger/decide-suspension";
import { whyNotApprove, whyNotConfirm, whyNotGrant } from "#ledger/grantable";
import { ProposeDismissal, proposeDismissal } from "#ledger/propose-dismissal";
import { ReinstateProblem, reinstateProblem } from "#ledger/reinstate-problem";
import { ResumeProblem, resumeProblem } from "#ledger/resume-problem";
import { dayOf } from "#platform/instant";
import type { RefusalCode } from "#refusals";
import { part } from "#doors/web/form/drawn";
import { html, type Html } from "#doors/web/html";
import { lineField, paragraphField } from "#doors/web/ui/field";
import { latestDay } from "#doors/web/office/latest-day";
import { choiceField } from "./desk-fields.ts";
import { deskForm, type DeskView } from "./desk-form.ts";

export const askExtensionForm = deskForm({
  command: "ask-extension",
  who: "work",
  schema: AskExtension,
  fields: (view) => {
    const { latestExtensionOn } = view.desk;
    const hint = latestExtensionOn === null ? undefined : latestDay(view.visit, latestExtensionOn);
    const field = { ...part(view, "newDueOn", view.visit.words.desk.fields.newDueOn, hint), type: "date" } as const;
    return html`${lineField(view.visit, field)}
      ${publicReason(view)}`;
  },
  act: askExtension,
});

export const decideExtensionForm = deskForm({
  command: "decide-extension",
  who: "steer",
  schema: DecideExtension,
  fields: (view) => html`${grantField(view, "grant", whyNotGrant(view.desk.standing, dayOf(view.visit.at)))}
    ${reasonField(view)}`,
  act: decideExtension,
});

export const askSuspensionForm = deskForm({
  command: "ask-suspension",
  who: "ask-suspension",
  schema: AskSuspension,
  fields: (view) =>
    html`${lineField(view.visit, { ...part(view, "resumeOn", view.visit.words.desk.fields.resumeOn), type: "date" })}
      ${publicReason(view)}`,
  act: askSuspension,
});

export const decideSuspensionForm = deskForm({
  command: "decide-suspension",
  who: "decide-suspension",
  schema: DecideSuspension,
  fields: (view) => html`${grantField(view, "approve", whyNotApprove(view.desk.standing, dayOf(view.visit.at)))}
    ${reasonField(view)}`,
  act: decideSuspension,
});

export const resumeForm = deskForm({ command: "resume", who: "oversee", schema: ResumeProblem, fields: publicReason, act: resumeProblem });

export const proposeDismissalForm = deskForm({
  command: "propose-dismissal",
  who: "oversee",
  schema: ProposeDismissal,
  fields: (view) => {
    const words = view.visit.words.desk.fields;
    const grounds = [
      { value: "untrue", label: words.grounds.untrue },
      { value: "not_ours", label: words.grounds.not_ours },
      { value: "already_done", label: words.grounds.already_done },
    ];
    return html`${choiceField(view, "ground", words.ground, grounds)}
      ${publicReason(view)}`;
  },
  act: proposeDismissal,
});

export const decideDismissalForm = deskForm({
  command: "decide-dismissal",
  who: "steer",
  schema: DecideDismissal,
  fields: (view) => {
    const words = view.visit.words.desk.fields;
    const options = [
      { value: "yes", label: words.confirm, refused: whyNotConfirm(view.desk.standing) },
      { value: "no", label: words.notConfirm },
    ];
    return html`${choiceField(view, "confirm", words.decision, options)}
      ${reasonField(view)}`;
  },
  act: decideDismissal,
});

export const reinstateForm = deskForm({
  command: "reinstate",
  who: "steer",
  schema: ReinstateProblem,
  fields: publicReason,
  act: reinstateProblem,
});

function grantField(view: DeskView, name: string, refused: RefusalCode | null): Html {
  const words = view.visit.words.desk.fields;
  const options = [
    { value: "yes", label: words.grant, refused },
    { value: "no", label: words.refuse },
  ];
  return choiceField(view, name, words.decision, options);
}

function reasonField(view: DeskView): Html {
  return paragraphField(view.visit, { ...part(view, "reason", view.visit.words.desk.fields.reason), rows: 3 });
}

function publicReason(view: DeskView): Html {
  return paragraphField(view.visit, { ...part(view, "reason", view.visit.words.desk.fields.publicReason), rows: 3 });
}
