import { AddEvidence, addEvidence } from "#ledger/add-evidence";
import { DeclareRectified, declareRectified } from "#ledger/declare-rectified";
import { RecordProgress, recordProgress } from "#ledger/record-progress";
import { part } from "#doors/web/form/drawn";
import { html } from "#doors/web/html";
import { paragraphField } from "#doors/web/ui/field";
import { afterPhotosField, choiceField, measuresDoneField, photosField } from "./desk-fields.ts";
import { deskForm, type DeskView } from "./desk-form.ts";

export const progressForm = deskForm({
  command: "record-progress",
  who: "work",
  schema: RecordProgress,
  photos: true,
  fields: (view) =>
    html`${paragraphField(view.visit, { ...part(view, "note", view.visit.words.desk.fields.progressNote), rows: 3 })}
    ${measuresDoneField(view, view.visit.words.desk.fields.measuresDone)}
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
  fields: (view) => {
    const words = view.visit.words.desk.fields;
    return html`${afterPhotosField(view)}
      ${measuresDoneField(view, words.measuresRectified)}
      ${paragraphField(view.visit, { ...part(view, "undone", words.undone), required: false, rows: 2 })}
      ${paragraphField(view.visit, { ...part(view, "done", words.done, words.doneHint), rows: 3 })}`;
  },
  gather: (sent) => ({ measuresDone: sent.lists["measuresDone"] ?? [], photos: sent.lists["photos"] ?? [] }),
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
