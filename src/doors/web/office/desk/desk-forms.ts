import type { DeskCommand } from "#office/desk";
import {
  askExtensionForm,
  askSuspensionForm,
  decideDismissalForm,
  decideExtensionForm,
  decideSuspensionForm,
  proposeDismissalForm,
  reinstateForm,
  resumeForm,
} from "./asking-forms.ts";
import { assignForm, handOverForm, remindForm, themeForm } from "./assignment-forms.ts";
import { checkForm } from "./check-form.ts";
import type { DeskForm } from "./desk-form.ts";
import {
  askReportersForm,
  closeForm,
  lookBackForm,
  noticeForm,
  objectionForm,
  overruleForm,
  recordAnswerForm,
  reopenForm,
  returnForm,
} from "./gate-forms.ts";
import { evidenceForm, progressForm, rectifiedForm } from "./work-forms.ts";

/** One form a command of the desk: a command without a form does not compile. */
export const DESK_FORMS: Record<DeskCommand, DeskForm> = {
  assign: assignForm,
  "hand-over": handOverForm,
  theme: themeForm,
  remind: remindForm,
  "record-progress": progressForm,
  "add-evidence": evidenceForm,
  "declare-rectified": rectifiedForm,
  "ask-extension": askExtensionForm,
  "decide-extension": decideExtensionForm,
  "ask-suspension": askSuspensionForm,
  "decide-suspension": decideSuspensionForm,
  resume: resumeForm,
  "propose-dismissal": proposeDismissalForm,
  "decide-dismissal": decideDismissalForm,
  reinstate: reinstateForm,
  check: checkForm,
  "ask-reporters": askReportersForm,
  "record-answer": recordAnswerForm,
  "overrule-answer": overruleForm,
  return: returnForm,
  "post-notice": noticeForm,
  "decide-objection": objectionForm,
  close: closeForm,
  "look-back": lookBackForm,
  reopen: reopenForm,
};
