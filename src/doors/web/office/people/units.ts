import type { Hono } from "hono";
import { AddUnit, addUnit } from "#people/add-unit";
import { ChangeUnit, changeUnit } from "#people/change-unit";
import { listUnits } from "#people/queries";
import { RetireUnit, retireUnit } from "#people/retire-unit";
import { UNIT_KINDS, whyNotUnder, type Unit } from "#people/unit";
import { html, type Html } from "#doors/web/html";
import { route, type Visited } from "#doors/web/route";
import { lineField, selectField } from "#doors/web/ui/field";
import { officeHead, officePage } from "#doors/web/ui/office";
import type { Visit } from "#doors/web/visit";
import { BLANK, oneButton, pageOf, sendSettings, settingsForm, topOf, type Drawn } from "./settings-form.ts";

export function unitPages(app: Hono<Visited>): void {
  route(app, "GET /office/people/units", (visit) => unitsPage(visit, BLANK));
  route(app, "POST /office/people/units", (visit) =>
    sendSettings(visit, {
      purpose: "unit.add",
      schema: AddUnit,
      act: addUnit,
      to: "/office/people/units?done=added",
      back: (drawn) => unitsPage(visit, drawn),
    }),
  );
  route(app, "GET /office/people/units/:unit", (visit) => unitPage(visit, BLANK));
  route(app, "POST /office/people/units/:unit", (visit) =>
    sendSettings(visit, {
      purpose: "unit.change",
      schema: ChangeUnit,
      with: { unit: asked(visit) },
      act: changeUnit,
      to: "/office/people/units?done=changed",
      back: (drawn) => unitPage(visit, drawn),
    }),
  );
  route(app, "POST /office/people/units/:unit/retire", (visit) =>
    sendSettings(visit, {
      purpose: "unit.retire",
      schema: RetireUnit,
      with: { unit: asked(visit) },
      act: retireUnit,
      to: "/office/people/units?done=retired",
      back: (drawn) => unitPage(visit, { ...drawn, typed: {} }),
    }),
  );
}

function asked(visit: Visit): string {
  return visit.context.req.param("unit") ?? "";
}

async function unitsPage(visit: Visit, drawn: Drawn): Promise<Response> {
  const words = visit.words.people.settings;
  const units = await listUnits(visit.town);
  const rows = inTree(units).map(([unit, depth]) => unitRow(visit, unit, depth));
  const body = html`${topOf(visit, drawn)}${officeHead(words.units.title, words.units.under)}
    <div class="card office-table">
      <table class="table">
        <thead>
          <tr>
            <th scope="col">${words.nameZh}</th>
            <th scope="col">${words.nameEn}</th>
            <th scope="col">${words.units.kind}</th>
            <th scope="col"><span class="visually-hidden">${words.change}</span></th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
    <section class="card office-panel" aria-labelledby="add">
      <h2 id="add">${words.units.add}</h2>
      ${settingsForm("/office/people/units", drawn, unitFields(visit, units, null, drawn), words.add)}
    </section>`;
  return officePage(visit, await visit.names(), {
    title: words.units.title,
    body,
    at: "units",
    status: drawn.status,
    faulty: drawn.status !== 200,
  });
}

function unitRow(visit: Visit, unit: Unit, depth: number): Html {
  const words = visit.words.people.settings;
  return html`<tr>
    <th scope="row">
      <span class="depth-${Math.min(depth, 5)}">${unit.nameZh}</span
      >${unit.retired ? html` <span class="badge">${words.retired}</span>` : ""}
    </th>
    <td data-label="${words.nameEn}">${unit.nameEn}</td>
    <td data-label="${words.units.kind}">${words.units.kinds[unit.kind]}</td>
    <td class="office-open">
      ${unit.retired ? "" : html`<a href="/office/people/units/${unit.id}">${words.change}<span class="visually-hidden"> ${unit.nameZh}</span></a>`}
    </td>
  </tr>`;
}

async function unitPage(visit: Visit, drawn: Drawn): Promise<Response> {
  const words = visit.words.people.settings;
  const units = await listUnits(visit.town);
  return pageOf(
    visit,
    units.find((unit) => unit.id === asked(visit) && !unit.retired),
    async (unit) => {
      const typed = { nameZh: unit.nameZh, nameEn: unit.nameEn, kind: unit.kind, parent: unit.parent ?? "", ...drawn.typed };
      const shown = { ...drawn, typed };
      const body = html`${topOf(visit, shown)}${officeHead(unit.nameZh, html`<a href="/office/people/units">${words.units.title}</a>`)}
        <section class="card office-panel">
          ${settingsForm(`/office/people/units/${unit.id}`, shown, unitFields(visit, units, unit.id, shown), visit.words.common.save)}
        </section>
        <section class="card office-panel">
          ${oneButton(`/office/people/units/${unit.id}/retire`, words.retire, words.units.retireHint)}
        </section>`;
      return officePage(visit, await visit.names(), {
        title: unit.nameZh,
        body,
        at: "units",
        status: drawn.status,
        faulty: drawn.status !== 200,
      });
    },
  );
}

function unitFields(visit: Visit, units: readonly Unit[], unit: string | null, { typed, faults }: Drawn): Html {
  const words = visit.words.people.settings;
  const above = inTree(units)
    .filter(([other]) => whyNotUnder(units, unit, other.id) === null)
    .map(([other, depth]) => ({ value: other.id, label: `${"　".repeat(depth)}${other.nameZh}` }));
  const kinds = UNIT_KINDS.map((kind) => ({ value: kind, label: words.units.kinds[kind] }));
  return html`<div class="office-grid">
    ${lineField(visit, { name: "nameZh", label: words.nameZh, typed, faults })}${lineField(visit, { name: "nameEn", label: words.nameEn, typed, faults })}${selectField(visit, { name: "kind", label: words.units.kind, options: kinds, typed, faults })}${selectField(visit, { name: "parent", label: words.units.parent, options: above, none: words.units.top, typed, faults })}
  </div>`;
}

/** Every unit behind the one it stands under, with how deep it stands. */
export function inTree(units: readonly Unit[]): readonly (readonly [Unit, number])[] {
  const under = (parent: string | null, depth: number): readonly (readonly [Unit, number])[] =>
    units.filter((unit) => unit.parent === parent).flatMap((unit) => [[unit, depth] as const, ...under(unit.id, depth + 1)]);
  return under(null, 0);
}
