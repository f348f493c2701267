import type { Hono } from "hono";
import { AddVillage, addVillage } from "#people/add-village";
import { ChangeVillage, changeVillage } from "#people/change-village";
import { listVillages, type Village } from "#people/queries";
import { RetireVillage, retireVillage } from "#people/retire-village";
import { html, type Html } from "#doors/web/html";
import { route, type Visited } from "#doors/web/route";
import { lineField } from "#doors/web/ui/field";
import { officeHead, officePage } from "#doors/web/ui/office";
import type { Visit } from "#doors/web/visit";
import { BLANK, oneButton, pageOf, sendSettings, settingsForm, topOf, type Drawn } from "./settings-form.ts";

const HERE = "/office/people/villages";

export function villagePages(app: Hono<Visited>): void {
  route(app, "GET /office/people/villages", (visit) => villagesPage(visit, BLANK));
  route(app, "POST /office/people/villages", (visit) =>
    sendSettings(visit, {
      purpose: "village.add",
      schema: AddVillage,
      act: addVillage,
      to: `${HERE}?done=added`,
      back: (drawn) => villagesPage(visit, drawn),
    }),
  );
  route(app, "GET /office/people/villages/:village", (visit) => villagePage(visit, BLANK));
  route(app, "POST /office/people/villages/:village", (visit) =>
    sendSettings(visit, {
      purpose: "village.change",
      schema: ChangeVillage,
      with: { village: asked(visit) },
      act: changeVillage,
      to: `${HERE}?done=changed`,
      back: (drawn) => villagePage(visit, drawn),
    }),
  );
  route(app, "POST /office/people/villages/:village/retire", (visit) =>
    sendSettings(visit, {
      purpose: "village.retire",
      schema: RetireVillage,
      with: { village: asked(visit) },
      act: retireVillage,
      to: `${HERE}?done=retired`,
      back: (drawn) => villagePage(visit, { ...drawn, typed: {} }),
    }),
  );
}

function asked(visit: Visit): string {
  return visit.context.req.param("village") ?? "";
}

async function villagesPage(visit: Visit, drawn: Drawn): Promise<Response> {
  const words = visit.words.people.settings;
  const rows = (await listVillages(visit.town)).map((village) => villageRow(visit, village));
  const body = html`${topOf(visit, drawn)}${officeHead(words.villages.title, words.villages.under)}
    <div class="card office-table">
      <table class="table">
        <thead>
          <tr>
            <th scope="col">${words.nameZh}</th>
            <th scope="col">${words.nameEn}</th>
            <th scope="col">${words.villages.code}</th>
            <th scope="col"><span class="visually-hidden">${words.change}</span></th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
    <section class="card office-panel" aria-labelledby="add">
      <h2 id="add">${words.villages.add}</h2>
      ${settingsForm(HERE, drawn, villageFields(visit, drawn), words.add)}
    </section>`;
  return officePage(visit, await visit.names(), {
    title: words.villages.title,
    body,
    at: "villages",
    status: drawn.status,
    faulty: drawn.status !== 200,
  });
}

function villageRow(visit: Visit, village: Village): Html {
  const words = visit.words.people.settings;
  return html`<tr>
    <th scope="row">${village.nameZh}${village.retired ? html` <span class="badge">${words.retired}</span>` : ""}</th>
    <td data-label="${words.nameEn}">${village.nameEn}</td>
    <td data-label="${words.villages.code}">${village.code ?? "—"}</td>
    <td class="office-open">
      ${village.retired ? "" : html`<a href="${HERE}/${village.id}">${words.change}<span class="visually-hidden"> ${village.nameZh}</span></a>`}
    </td>
  </tr>`;
}

async function villagePage(visit: Visit, drawn: Drawn): Promise<Response> {
  const words = visit.words.people.settings;
  const villages = await listVillages(visit.town);
  return pageOf(
    visit,
    villages.find((village) => village.id === asked(visit) && !village.retired),
    async (village) => {
      const known = {
        nameZh: village.nameZh,
        nameEn: village.nameEn,
        code: village.code ?? "",
        lon: String(village.lon ?? ""),
        lat: String(village.lat ?? ""),
      };
      const shown = { ...drawn, typed: { ...known, ...drawn.typed } };
      const body = html`${topOf(visit, shown)}${officeHead(village.nameZh, html`<a href="${HERE}">${words.villages.title}</a>`)}
        <section class="card office-panel">
          ${settingsForm(`${HERE}/${village.id}`, shown, villageFields(visit, shown), visit.words.common.save)}
        </section>
        <section class="card office-panel">${oneButton(`${HERE}/${village.id}/retire`, words.retire, words.villages.retireHint)}</section>`;
      return officePage(visit, await visit.names(), {
        title: village.nameZh,
        body,
        at: "villages",
        status: drawn.status,
        faulty: drawn.status !== 200,
      });
    },
  );
}

function villageFields(visit: Visit, { typed, faults }: Drawn): Html {
  const words = visit.words.people.settings;
  const { villages } = words;
  const field = (name: string, label: string, hint?: string) =>
    lineField(visit, { name, label, typed, faults, ...(hint === undefined ? {} : { hint, required: false }) });
  return html`<div class="office-grid">
    ${field("nameZh", words.nameZh)}${field("nameEn", words.nameEn)}${field("code", villages.code, villages.codeHint)}${field("lon", villages.lon, villages.positionHint)}${field("lat", villages.lat, villages.positionHint)}
  </div>`;
}
