import type { Hono } from "hono";
import { AddCategory, addCategory } from "#rules/add-category";
import { LIMIT_UNITS, type Category } from "#rules/category";
import { ChangeCategory, changeCategory } from "#rules/change-category";
import { listCategories } from "#rules/queries";
import { RetireCategory, retireCategory } from "#rules/retire-category";
import { html, type Html } from "#doors/web/html";
import { route, type Visited } from "#doors/web/route";
import { lineField, selectField } from "#doors/web/ui/field";
import { officeHead, officePage } from "#doors/web/ui/office";
import type { Visit } from "#doors/web/visit";
import { BLANK, oneButton, pageOf, sendSettings, settingsForm, topOf, type Drawn } from "./settings-form.ts";

const HERE = "/office/rules/categories";

export function categoryPages(app: Hono<Visited>): void {
  route(app, "GET /office/rules/categories", (visit) => categoriesPage(visit, BLANK));
  route(app, "POST /office/rules/categories", (visit) =>
    sendSettings(visit, {
      purpose: "category.add",
      schema: AddCategory,
      act: addCategory,
      to: `${HERE}?done=added`,
      back: (drawn) => categoriesPage(visit, drawn),
    }),
  );
  route(app, "GET /office/rules/categories/:category", (visit) => categoryPage(visit, BLANK));
  route(app, "POST /office/rules/categories/:category", (visit) =>
    sendSettings(visit, {
      purpose: "category.change",
      schema: ChangeCategory,
      with: { category: asked(visit) },
      act: changeCategory,
      to: `${HERE}?done=changed`,
      back: (drawn) => categoryPage(visit, drawn),
    }),
  );
  route(app, "POST /office/rules/categories/:category/retire", (visit) =>
    sendSettings(visit, {
      purpose: "category.retire",
      schema: RetireCategory,
      with: { category: asked(visit) },
      act: retireCategory,
      to: `${HERE}?done=retired`,
      back: (drawn) => categoryPage(visit, { ...drawn, typed: {} }),
    }),
  );
}

function asked(visit: Visit): string {
  return visit.context.req.param("category") ?? "";
}

async function categoriesPage(visit: Visit, drawn: Drawn): Promise<Response> {
  const words = visit.words.people.settings;
  const { categories } = words;
  const rows = (await listCategories(visit.town)).map((category) => categoryRow(visit, category));
  const code = lineField(visit, {
    name: "code",
    label: categories.code,
    hint: categories.codeHint,
    typed: drawn.typed,
    faults: drawn.faults,
  });
  const body = html`${topOf(visit, drawn)}${officeHead(categories.title, categories.under)}
    <div class="card office-table">
      <table class="table">
        <thead>
          <tr>
            <th scope="col">${words.nameZh}</th>
            <th scope="col">${words.nameEn}</th>
            <th scope="col">${categories.firstReply}</th>
            <th scope="col">${categories.finish}</th>
            <th scope="col">${categories.extension}</th>
            <th scope="col">${categories.limitUnit}</th>
            <th scope="col"><span class="visually-hidden">${words.change}</span></th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
    <section class="card office-panel" aria-labelledby="add">
      <h2 id="add">${categories.add}</h2>
      ${settingsForm(HERE, drawn, html`${code}${categoryFields(visit, drawn)}`, words.add)}
    </section>`;
  return officePage(visit, await visit.names(), {
    title: categories.title,
    body,
    at: "categories",
    status: drawn.status,
    faulty: drawn.status !== 200,
  });
}

function categoryRow(visit: Visit, category: Category): Html {
  const words = visit.words.people.settings;
  const { categories } = words;
  return html`<tr>
    <th scope="row">${category.nameZh}${category.retired ? html` <span class="badge">${words.retired}</span>` : ""}</th>
    <td data-label="${words.nameEn}">${category.nameEn}</td>
    <td data-label="${categories.firstReply}">${category.firstReplyLimit}</td>
    <td data-label="${categories.finish}">${category.finishLimit}</td>
    <td data-label="${categories.extension}">${category.extensionLimit}</td>
    <td data-label="${categories.limitUnit}">${categories.limitUnits[category.limitUnit]}</td>
    <td class="office-open">
      ${category.retired ? "" : html`<a href="${HERE}/${category.id}">${words.change}<span class="visually-hidden"> ${category.nameZh}</span></a>`}
    </td>
  </tr>`;
}

async function categoryPage(visit: Visit, drawn: Drawn): Promise<Response> {
  const { settings } = visit.words.people;
  const words = settings.categories;
  const categories = await listCategories(visit.town);
  return pageOf(
    visit,
    categories.find((category) => category.id === asked(visit) && !category.retired),
    async (category) => {
      const limits = {
        firstReplyLimit: String(category.firstReplyLimit),
        finishLimit: String(category.finishLimit),
        extensionLimit: String(category.extensionLimit),
      };
      const shown = {
        ...drawn,
        typed: { nameZh: category.nameZh, nameEn: category.nameEn, limitUnit: category.limitUnit, ...limits, ...drawn.typed },
      };
      const body = html`${topOf(visit, shown)}${officeHead(category.nameZh, html`<a href="${HERE}">${words.title}</a> · ${words.changeHint}`)}
        <section class="card office-panel">
          ${settingsForm(`${HERE}/${category.id}`, shown, categoryFields(visit, shown), visit.words.common.save)}
        </section>
        <section class="card office-panel">${oneButton(`${HERE}/${category.id}/retire`, settings.retire, words.retireHint)}</section>`;
      return officePage(visit, await visit.names(), {
        title: category.nameZh,
        body,
        at: "categories",
        status: drawn.status,
        faulty: drawn.status !== 200,
      });
    },
  );
}

function categoryFields(visit: Visit, { typed, faults }: Drawn): Html {
  const { settings } = visit.words.people;
  const words = settings.categories;
  const field = (name: string, label: string) => lineField(visit, { name, label, typed, faults });
  const units = LIMIT_UNITS.map((unit) => ({ value: unit, label: words.limitUnits[unit] }));
  return html`<div class="office-grid">
    ${field("nameZh", settings.nameZh)}${field("nameEn", settings.nameEn)}${selectField(visit, { name: "limitUnit", label: words.limitUnit, options: units, typed, faults })}${field("firstReplyLimit", words.firstReply)}${field("finishLimit", words.finish)}${field("extensionLimit", words.extension)}
  </div>`;
}
