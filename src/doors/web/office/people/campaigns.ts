import type { Hono } from "hono";
import { AddCampaign, addCampaign } from "#ledger/add-campaign";
import { AddTheme, addTheme } from "#ledger/add-theme";
import { ChangeCampaign, changeCampaign } from "#ledger/change-campaign";
import { ChangeTheme, changeTheme } from "#ledger/change-theme";
import type { CampaignNamed, Directory, ThemeNamed } from "#publication/directory";
import { notFoundPage } from "#doors/web/error-pages";
import { html, type Html } from "#doors/web/html";
import { route, type Visited } from "#doors/web/route";
import { lineField, paragraphField, selectField } from "#doors/web/ui/field";
import { shortDay } from "#doors/web/ui/day";
import { officeHead, officePage } from "#doors/web/ui/office";
import { nameOf, type Visit } from "#doors/web/visit";
import { BLANK, pageOf, sendSettings, settingsForm, topOf, type Drawn } from "./settings-form.ts";

const HERE = "/office/campaigns";
/** Stands where a theme's id would, for the page that adds one. */
const NEW = "new";

export function campaignPages(app: Hono<Visited>): void {
  route(app, "GET /office/campaigns", (visit) => campaignsPage(visit, BLANK));
  route(app, "POST /office/campaigns", (visit) =>
    sendSettings(visit, {
      purpose: "campaign.add",
      schema: AddCampaign,
      act: addCampaign,
      to: `${HERE}?done=added`,
      back: (drawn) => campaignsPage(visit, drawn),
    }),
  );
  route(app, "GET /office/campaigns/:campaign", (visit) => campaignPage(visit, BLANK));
  route(app, "POST /office/campaigns/:campaign", (visit) =>
    sendSettings(visit, {
      purpose: "campaign.change",
      schema: ChangeCampaign,
      with: { campaign: asked(visit) },
      act: changeCampaign,
      to: `${HERE}?done=changed`,
      back: (drawn) => campaignPage(visit, drawn),
    }),
  );
  route(app, "GET /office/campaigns/:campaign/themes/:theme", (visit) => themePage(visit, BLANK));
  route(app, "POST /office/campaigns/:campaign/themes", (visit) =>
    sendSettings(visit, {
      purpose: "theme.add",
      schema: AddTheme,
      with: { campaign: asked(visit) },
      act: addTheme,
      to: `${HERE}/${asked(visit)}?done=themed`,
      back: (drawn) => themePage(visit, drawn),
    }),
  );
  route(app, "POST /office/campaigns/:campaign/themes/:theme", (visit) =>
    sendSettings(visit, {
      purpose: "theme.change",
      schema: ChangeTheme,
      with: { theme: askedTheme(visit) },
      act: changeTheme,
      to: `${HERE}/${asked(visit)}?done=themed`,
      back: (drawn) => themePage(visit, drawn),
    }),
  );
}

function asked(visit: Visit): string {
  return visit.context.req.param("campaign") ?? "";
}

function askedTheme(visit: Visit): string {
  return visit.context.req.param("theme") ?? NEW;
}

async function campaignsPage(visit: Visit, drawn: Drawn): Promise<Response> {
  const words = visit.words.people.settings;
  const names = await visit.names();
  const rows = [...names.campaigns.values()].map(
    (campaign) =>
      html`<tr>
        <th scope="row">${nameOf(visit, campaign)}</th>
        <td data-label="${words.campaigns.startsOn}">${shortDay(visit, campaign.startsOn)}</td>
        <td data-label="${words.campaigns.endsOn}">${shortDay(visit, campaign.endsOn)}</td>
        <td data-label="${words.campaigns.head}">${names.officers.get(campaign.head)?.name ?? "—"}</td>
        <td class="office-open">
          <a href="${HERE}/${campaign.id}">${words.change}<span class="visually-hidden"> ${nameOf(visit, campaign)}</span></a>
        </td>
      </tr>`,
  );
  const list =
    rows.length === 0
      ? html`<div class="card office-empty"><p>${words.campaigns.none}</p></div>`
      : html`<div class="card office-table">
          <table class="table">
            <thead>
              <tr>
                <th scope="col">${words.nameZh}</th>
                <th scope="col">${words.campaigns.startsOn}</th>
                <th scope="col">${words.campaigns.endsOn}</th>
                <th scope="col">${words.campaigns.head}</th>
                <th scope="col"><span class="visually-hidden">${words.change}</span></th>
              </tr>
            </thead>
            <tbody>
              ${rows}
            </tbody>
          </table>
        </div>`;
  const body = html`${topOf(visit, drawn)}${officeHead(words.campaigns.title, words.campaigns.under)}${list}
    <section class="card office-panel" aria-labelledby="add">
      <h2 id="add">${words.campaigns.add}</h2>
      ${settingsForm(HERE, drawn, campaignFields(visit, names, drawn), words.add)}
    </section>`;
  return officePage(visit, names, {
    title: words.campaigns.title,
    body,
    at: "campaigns",
    status: drawn.status,
    faulty: drawn.status !== 200,
  });
}

async function campaignPage(visit: Visit, drawn: Drawn): Promise<Response> {
  const words = visit.words.people.settings;
  const names = await visit.names();
  return pageOf(visit, names.campaigns.get(asked(visit)), async (campaign) => {
    const shown = { ...drawn, typed: { ...typedOf(campaign), ...drawn.typed } };
    const rows = themesOf(names, campaign).map(
      (theme) =>
        html`<tr>
          <th scope="row">${nameOf(visit, theme)}</th>
          <td class="office-open">
            <a href="${HERE}/${campaign.id}/themes/${theme.id}"
              >${words.change}<span class="visually-hidden"> ${nameOf(visit, theme)}</span></a
            >
          </td>
        </tr>`,
    );
    const body = html`${topOf(visit, drawn)}${officeHead(nameOf(visit, campaign), html`<a href="${HERE}">${words.campaigns.title}</a>`)}
      <section class="card office-table" aria-labelledby="themes">
        <div class="card-body">
          <h2 id="themes">${words.campaigns.themes}</h2>
          <a class="btn" href="${HERE}/${campaign.id}/themes/${NEW}">${words.campaigns.addTheme}</a>
        </div>
        ${
          rows.length === 0
            ? ""
            : html`<table class="table">
                <tbody>
                  ${rows}
                </tbody>
              </table>`
        }
      </section>
      <section class="card office-panel">
        ${settingsForm(`${HERE}/${campaign.id}`, shown, campaignFields(visit, names, shown), visit.words.common.save)}
      </section>`;
    return officePage(visit, names, {
      title: nameOf(visit, campaign),
      body,
      at: "campaigns",
      status: drawn.status,
      faulty: drawn.status !== 200,
    });
  });
}

function themesOf(names: Directory, campaign: CampaignNamed): readonly ThemeNamed[] {
  return [...names.themes.values()].filter((theme) => theme.campaign === campaign.id);
}

async function themePage(visit: Visit, drawn: Drawn): Promise<Response> {
  const words = visit.words.people.settings.campaigns;
  const names = await visit.names();
  const campaign = names.campaigns.get(asked(visit));
  const themes = campaign === undefined ? [] : themesOf(names, campaign);
  const theme = themes.find(({ id }) => id === askedTheme(visit));
  if (campaign === undefined || (theme === undefined && askedTheme(visit) !== NEW)) return notFoundPage(visit);
  const known =
    theme === undefined
      ? { position: String(themes.length + 1) }
      : { nameZh: theme.zh, nameEn: theme.en, position: String(themes.indexOf(theme) + 1) };
  const shown = { ...drawn, typed: { ...known, ...drawn.typed } };
  const title = theme === undefined ? words.addTheme : nameOf(visit, theme);
  const action = `${HERE}/${campaign.id}/themes${theme === undefined ? "" : `/${theme.id}`}`;
  const body = html`${topOf(visit, drawn)}${officeHead(title, html`<a href="${HERE}/${campaign.id}">${nameOf(visit, campaign)}</a>`)}
    <section class="card office-panel">${settingsForm(action, shown, themeFields(visit, shown), visit.words.common.save)}</section>`;
  return officePage(visit, names, { title, body, at: "campaigns", status: drawn.status, faulty: drawn.status !== 200 });
}

function typedOf(campaign: CampaignNamed) {
  return {
    nameZh: campaign.zh,
    nameEn: campaign.en,
    head: campaign.head,
    planZh: campaign.planZh,
    planEn: campaign.planEn,
    startsOn: campaign.startsOn,
    endsOn: campaign.endsOn,
  };
}

function campaignFields(visit: Visit, names: Directory, { typed, faults }: Drawn): Html {
  const { settings } = visit.words.people;
  const words = settings.campaigns;
  const heads = [...names.officers.values()]
    .filter((officer) => !officer.disabled)
    .map((officer) => ({ value: officer.id, label: `${officer.name}（${nameOf(visit, names.units.get(officer.unit))}）` }));
  const field = (name: string, label: string, type: "text" | "date" = "text") => lineField(visit, { name, label, type, typed, faults });
  return html`<div class="office-grid">
      ${field("nameZh", settings.nameZh)}${field("nameEn", settings.nameEn)}${field("startsOn", words.startsOn, "date")}${field("endsOn", words.endsOn, "date")}${selectField(visit, { name: "head", label: words.head, options: heads, none: words.chooseHead, typed, faults })}
    </div>
    ${paragraphField(visit, { name: "planZh", label: words.plan, typed, faults, required: false })}${paragraphField(visit, { name: "planEn", label: words.planEn, typed, faults, required: false })}`;
}

function themeFields(visit: Visit, { typed, faults }: Drawn): Html {
  const { settings } = visit.words.people;
  const field = (name: string, label: string) => lineField(visit, { name, label, typed, faults });
  return html`<div class="office-grid">
    ${field("nameZh", settings.nameZh)}${field("nameEn", settings.nameEn)}${field("position", settings.campaigns.position)}
  </div>`;
}
