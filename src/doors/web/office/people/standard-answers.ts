import { AddStandardAnswer, addStandardAnswer } from "#limits/add-standard-answer";
import { ChangeStandardAnswer, changeStandardAnswer } from "#limits/change-standard-answer";
import { PLACEHOLDERS } from "#limits/placeholders";
import { listStandardAnswers } from "#limits/queries";
import { RetireStandardAnswer, retireStandardAnswer } from "#limits/retire-standard-answer";
import type { StandardAnswer } from "#limits/standard-answer";
import { html, type Html } from "#doors/web/html";
import { unsealedOptions } from "#doors/web/office/calls/call-form";
import { lineField, paragraphField, selectField } from "#doors/web/ui/field";
import { nameOf, type Visit } from "#doors/web/visit";
import { englishName, type SettingsDrawn } from "./settings-form.ts";
import { listRoutes, type Among, type SettingsList } from "./settings-list.ts";

const ANSWERS: SettingsList<StandardAnswer> = {
  at: "answers",
  kind: "standard-answer",
  list: "/office/rules/answers",
  who: "keep-limits",
  read: listStandardAnswers,
  columns: (visit, names) => {
    const words = visit.words.people.settings.answers;
    const categoryOf = ({ category }: StandardAnswer) => (category === null ? words.any : nameOf(visit, names.categories.get(category)));
    return [
      [words.category, categoryOf],
      [words.text, ({ text }) => text],
    ];
  },
  typedOf: ({ nameZh, nameEn, category, text }) => ({ nameZh, nameEn, category: category ?? "", text }),
  fields: answerFields,
  note: (visit) => visit.words.people.settings.answers.changeHint,
};

export const standardAnswerRoutes = listRoutes(ANSWERS, "/office/rules/answers/:answer", {
  add: [AddStandardAnswer, addStandardAnswer],
  change: [ChangeStandardAnswer, changeStandardAnswer],
  retire: [RetireStandardAnswer, retireStandardAnswer],
});

/** What may stand in braces is written as the language of the page has it. */
function answerFields(visit: Visit, drawn: SettingsDrawn, { names }: Among<StandardAnswer>): Html {
  const { typed, faults, now } = drawn;
  const { settings } = visit.words.people;
  const words = settings.answers;
  const written = PLACEHOLDERS.map(([, zh, en]) => `{${visit.lang === "en" ? en : zh}}`).join(" ");
  const category = { name: "category", label: words.category, options: unsealedOptions(visit, names), none: words.any };
  return html`<div class="office-grid">
      ${lineField(visit, { name: "nameZh", label: settings.nameZh, hint: words.nameHint, typed, faults, now })}
      ${englishName(visit, drawn)}
      ${selectField(visit, { ...category, typed, faults, now })}
    </div>
    ${paragraphField(visit, { name: "text", label: words.text, hint: words.textHint(written), typed, faults, now })}`;
}
