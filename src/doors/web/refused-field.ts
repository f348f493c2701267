import type { RefusalCode } from "#refusals";
import type { Sent } from "./form.ts";
import type { Faults } from "./ui/field.ts";
import type { Visit } from "./visit.ts";

/**
 * The fields that a refusal may be about, by the names they have in forms: the words stand beside the first of them that the form
 * has. A code that is not here concerns what the form is about as a whole, or nothing that could be typed differently.
 */
const ABOUT: { readonly [code in RefusalCode]?: readonly string[] } = {
  "officer/unknown": ["head", "leaders"],
  "officer/disabled": ["head", "leaders"],
  "officer/login-taken": ["login"],
  "subject/bound": ["subject"],
  "key/expiry": ["expiresOn"],
  "unit/unknown": ["parent", "unit"],
  "unit/circle": ["parent"],
  "village/unknown": ["village"],
  "category/unknown": ["category"],
  "category/sealed": ["category"],
  "report/same-category": ["category"],
  "category/code-taken": ["code"],
  "campaign/days-reversed": ["endsOn"],
  "theme/unknown": ["theme"],
  "calendar/malformed": ["json"],
  "view/too-many": ["name"],
  "leaders/none": ["leaders"],
  "leaders/twice": ["leaders"],
  "leaders/too-many": ["leaders"],
  "leaders/not-a-leader": ["leaders"],
  "hand-over/nothing-new": ["leaders"],
  "measures/none": ["measures"],
  "measures/unexplained": ["undone"],
  "measures/unseen": ["unseen"],
  "due/past": ["dueOn", "newDueOn", "grant"],
  "due/beyond-limit": ["dueOn", "newDueOn"],
  "due/beyond-calendar": ["dueOn", "newDueOn"],
  "due/not-later": ["newDueOn", "grant"],
  "suspension/day-past": ["resumeOn", "approve"],
  "evidence/no-after": ["new_photos"],
  "evidence/nothing-new": ["new_photos"],
  "file/too-large": ["new_photos"],
  "file/not-an-image": ["new_photos"],
  "file/too-many": ["new_photos"],
  "file/unknown": ["new_photos"],
  "question/none": ["question"],
  "attempt/same-day": ["said"],
  "attempt/enough": ["said"],
  "attempt/with-words": ["why"],
  "answer/given": ["question"],
  "answer/too-late": ["question"],
  "answer/nothing-to-overrule": ["question"],
  "objection/unknown": ["objection"],
  "objection/decided": ["objection"],
  "look-back/unknown": ["lookBack"],
  "look-back/not-due": ["lookBack"],
  "look-back/done": ["lookBack"],
};

/** The field of these that the refusal is about; null when it concerns the form as a whole. */
export function fieldOf(code: RefusalCode, fields: readonly string[]): string | null {
  return ABOUT[code]?.find((field) => fields.includes(field)) ?? null;
}

/** The refusal as what is wrong with a form: beside its field, or at the top of the form. */
export function faultsOfRefusal(visit: Visit, code: RefusalCode, { typed }: Pick<Sent, "typed">): Faults {
  return { [fieldOf(code, Object.keys(typed)) ?? "form"]: visit.words.refusals.codes[code] };
}
