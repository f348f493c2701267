import { AddEvidence, addEvidence } from "#ledger/add-evidence";
import { DeclareRectified, declareRectified } from "#ledger/declare-rectified";
import { RecordProgress, recordProgress } from "#ledger/record-progress";
import { part } from "#doors/web/form/drawn";
import { html } from "#doors/web/html";
import { paragraphField } from "#doors/web/ui/field";
import { choiceField, measuresDoneField, photosField } from "./desk-fields.ts";
import { deskForm, type DeskView } from "./desk-form.ts";

export const progressForm = deskForm({
  command: "record-progress",
  who: "work",
  schema: RecordProgress,
  photos: true,
  fields: (view) =>
    html`${paragraphField(view.visit, { ...part(view, "note", view.visit.words.desk.fields.progressNote), rows: 3 })}
    ${measuresDoneField(view)}
    ${photosField(view)}`,
  gather: (sent) => ({ measuresDone: sent.lists["measuresDone"] ?? [], photos: sent.lists["photos"] ?? [] }),
  act: recordProgress,
});

export const evidenceForm = deskForm({
  command: "add-evidence",
  who: "work",
  schema: AddEvidence,
  photos: true,
  fields: (view) => html`${choiceField(view, "stage", view.visit.words.desk.fields.stage, stages(view))}
    ${photosField(view)}`,
  gather: (sent) => ({ photos: sent.lists["photos"] ?? [] }),
  act: addEvidence,
});

export const rectifiedForm = deskForm({
  command: "declare-rectified",
  who: "work",
  schema: DeclareRectified,
  photos: true,
  fields: (view) =>
    html`${paragraphField(view.visit, { ...part(view, "done", view.visit.words.desk.fields.done), rows: 4 })}
      ${photosField(view)}`,
  gather: (sent) => ({ photos: sent.lists["photos"] ?? [] }),
  act: declareRectified,
});

function stages(view: DeskView) {
  const words = view.visit.words.desk.stage;
  return [
    { value: "before", label: words.before },
    { value: "during", label: words.during },
    { value: "after", label: words.after },
  ];
}
