import { AddCategory, addCategory } from "#limits/add-category";
import { LIMIT_UNITS, type Category } from "#limits/category";
import { ChangeCategory, changeCategory } from "#limits/change-category";
import { listCategories } from "#limits/queries";
import { RetireCategory, retireCategory } from "#limits/retire-category";
import { html, type Html } from "#doors/web/html";
import { lineField, selectField } from "#doors/web/ui/field";
import type { Visit } from "#doors/web/visit";
import { englishName, type SettingsDrawn } from "./settings-form.ts";
import { listRoutes, type Among, type SettingsList } from "./settings-list.ts";

const CATEGORIES: SettingsList<Category> = {
  at: "categories",
  kind: "category",
  list: "/office/rules/categories",
  who: "keep-limits",
  read: listCategories,
  columns: (visit) => {
    const words = visit.words.people.settings.categories;
    return [
      [words.firstReply, ({ firstReplyLimit }) => firstReplyLimit],
      [words.finish, ({ finishLimit }) => finishLimit],
      [words.extension, ({ extensionLimit }) => extensionLimit],
      [words.limitUnit, ({ limitUnit }) => words.limitUnits[limitUnit]],
    ];
  },
  typedOf: ({ nameZh, nameEn, limitUnit, firstReplyLimit, finishLimit, extensionLimit, retentionDays }) => ({
    nameZh,
    nameEn,
    limitUnit,
    firstReplyLimit: String(firstReplyLimit),
    finishLimit: String(finishLimit),
    extensionLimit: String(extensionLimit),
    retentionDays: String(retentionDays),
  }),
  fields: categoryFields,
  note: (visit) => visit.words.people.settings.categories.changeHint,
};

export const categoryRoutes = listRoutes(CATEGORIES, "/office/rules/categories/:category", {
  add: [AddCategory, addCategory],
  change: [ChangeCategory, changeCategory],
  retire: [RetireCategory, retireCategory],
});

/** The code is given once, when a category is added. */
function categoryFields(visit: Visit, drawn: SettingsDrawn, { one: category }: Among<Category>): Html {
  const { typed, faults, now } = drawn;
  const { settings } = visit.words.people;
  const words = settings.categories;
  const field = (name: string, label: string) => lineField(visit, { name, label, typed, faults, now });
  const units = LIMIT_UNITS.map((unit) => ({ value: unit, label: words.limitUnits[unit] }));
  const code = category === null ? lineField(visit, { name: "code", label: words.code, hint: words.codeHint, typed, faults, now }) : "";
  return html`${code}
    <div class="office-grid">
      ${field("nameZh", settings.nameZh)}
      ${englishName(visit, drawn)}
      ${selectField(visit, { name: "limitUnit", label: words.limitUnit, options: units, typed, faults, now })}
      ${field("firstReplyLimit", words.firstReply)}
      ${field("finishLimit", words.finish)}
      ${field("extensionLimit", words.extension)}
      ${field("retentionDays", words.retention)}
    </div>`;
}
