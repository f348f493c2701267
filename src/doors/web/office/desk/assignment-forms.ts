import { AssignProblem, assignProblem } from "#ledger/assign-problem";
import { HandOver, handOver } from "#ledger/hand-over";
import { RemindLeaders, remindLeaders } from "#ledger/remind-leaders";
import { ThemeProblem, themeProblem } from "#ledger/theme-problem";
import { part } from "#doors/web/form/drawn";
import { faultsOfLeaders } from "#doors/web/form/leader-fields";
import { html } from "#doors/web/html";
import { themeOptions } from "#doors/web/office/theme-options";
import { latestDay } from "#doors/web/office/latest-day";
import { lineField, paragraphField, selectField } from "#doors/web/ui/field";
import { answerableFields } from "./answerable-fields.ts";
import { deskForm } from "./desk-form.ts";

export const assignForm = deskForm({
  command: "assign",
  who: "steer",
  schema: AssignProblem,
  fields: (view) => {
    const words = view.visit.words.desk.fields;
    return html`${answerableFields(view)}
    ${paragraphField(view.visit, { ...part(view, "measures", words.measures, words.measuresHint), rows: 4 })}
    ${paragraphField(view.visit, { ...part(view, "goal", words.goal, words.goalHint), rows: 2 })}
    ${lineField(view.visit, { ...part(view, "dueOn", words.dueOn, latestDay(view.visit, view.desk.latestDueOn)), type: "date" })}`;
  },
  gather: (sent) => ({ leaders: sent.lists["leaders"] ?? [] }),
  missing: (visit, { typed, lists }) => ({
    ...faultsOfLeaders(visit, lists["leaders"] ?? []),
    ...((typed["measures"] ?? "").trim() === "" ? { measures: visit.words.common.faults["text/missing"] } : {}),
  }),
  act: assignProblem,
});

export const handOverForm = deskForm({
  command: "hand-over",
  who: "steer",
  schema: HandOver,
  fields: (view) => {
    const words = view.visit.words.desk.fields;
    return html`${answerableFields(view)}
    ${paragraphField(view.visit, { ...part(view, "reason", words.publicReason), rows: 3 })}`;
  },
  gather: (sent) => ({ leaders: sent.lists["leaders"] ?? [] }),
  missing: (visit, { lists }) => faultsOfLeaders(visit, lists["leaders"] ?? []),
  act: handOver,
});

export const themeForm = deskForm({
  command: "theme",
  who: "steer",
  schema: ThemeProblem,
  fields: (view) => {
    const words = view.visit.words.desk.fields;
    const options = themeOptions(view.visit, view.names);
    const typed = { ...view.typed, theme: view.typed["theme"] ?? view.desk.standing.problem.theme ?? "" };
    return selectField(view.visit, { ...part(view, "theme", words.theme), typed, options, none: words.none });
  },
  act: themeProblem,
});

export const remindForm = deskForm({
  command: "remind",
  who: "steer",
  schema: RemindLeaders,
  fields: (view) => paragraphField(view.visit, { ...part(view, "note", view.visit.words.desk.fields.note), rows: 3 }),
  act: remindLeaders,
});
