import { AddCampaign, addCampaign } from "#ledger/add-campaign";
import { AddTheme, addTheme } from "#ledger/add-theme";
import { ChangeCampaign, changeCampaign } from "#ledger/change-campaign";
import { ChangeTheme, changeTheme } from "#ledger/change-theme";
import type { CampaignNamed, Directory, ThemeNamed } from "#publication/directory";
import { notFoundPage } from "#doors/web/error-pages";
import { html, type Html } from "#doors/web/html";
import { route } from "#doors/web/route";
import { lineField, paragraphField, selectField } from "#doors/web/ui/field";
import { shortDay } from "#doors/web/ui/day";
import { officeTable, openCell } from "#doors/web/ui/office";
import { nameOf, type Visit } from "#doors/web/visit";
import {
  BLANK,
  drawnOver,
  englishName,
  formPanel,
  sendSettings,
  settingsForm,
  settingsPage,
  type SettingsDrawn,
  type Kept,
} from "./settings-form.ts";

const HERE = "/office/campaigns";
/** Stands where a theme's id would, for the page that adds one. */
const NEW = "new";

export const campaignRoutes = [
  route("GET /office/campaigns", { who: "steer", kind: "page" }, (visit) => campaignsPage(visit, BLANK)),
  route("POST /office/campaigns", { who: "steer", kind: "act" }, (visit) =>
    sendSettings(visit, {
      purpose: "campaign.add",
      schema: AddCampaign,
      act: addCampaign,
      to: `${HERE}?done=added`,
      back: (drawn) => campaignsPage(visit, drawn),
    }),
  ),
  route("GET /office/campaigns/:campaign", { who: "steer", kind: "page" }, (visit, { campaign }) => campaignPage(visit, campaign, BLANK)),
  route("POST /office/campaigns/:campaign", { who: "steer", kind: "act" }, (visit, { campaign }) =>
    sendSettings(visit, {
      purpose: "campaign.change",
      schema: ChangeCampaign,
      with: { campaign },
      act: changeCampaign,
      to: `${HERE}?done=changed`,
      back: (drawn) => campaignPage(visit, campaign, drawn),
    }),
  ),
  route("GET /office/campaigns/:campaign/themes/:theme", { who: "steer", kind: "page" }, (visit, asked) => themePage(visit, asked, BLANK)),
  route("POST /office/campaigns/:campaign/themes", { who: "steer", kind: "act" }, (visit, { campaign }) =>
    sendSettings(visit, {
      purpose: "theme.add",
      schema: AddTheme,
      with: { campaign },
      act: addTheme,
      to: `${HERE}/${campaign}?done=themed`,
      back: (drawn) => themePage(visit, { campaign, theme: NEW }, drawn),
    }),
  ),
  route("POST /office/campaigns/:campaign/themes/:theme", { who: "steer", kind: "act" }, (visit, asked) =>
    sendSettings(visit, {
      purpose: "theme.change",
      schema: ChangeTheme,
      with: { theme: asked.theme },
      act: changeTheme,
      to: `${HERE}/${asked.campaign}?done=themed`,
      back: (drawn) => themePage(visit, asked, drawn),
    }),
  ),
];

async function campaignsPage(visit: Visit, drawn: SettingsDrawn): Promise<Response> {
  const words = visit.words.people.settings;
  const names = await visit.names();
  const rows = [...names.campaigns.values()].map(
    (campaign) =>
      html`<tr>
        <th scope="row">${nameOf(visit, campaign)}</th>
        <td data-label="${words.campaigns.startsOn}">${shortDay(visit, campaign.startsOn)}</td>
        <td data-label="${words.campaigns.endsOn}">${shortDay(visit, campaign.endsOn)}</td>
        <td data-label="${words.campaigns.head}">${names.officers.get(campaign.head)?.name ?? "—"}</td>
        ${openCell(`${HERE}/${campaign.id}`, words.change, nameOf(visit, campaign))}
      </tr>`,
  );
  const list =
    rows.length === 0
      ? html`<div class="card office-empty">
          <p>${words.campaigns.none}</p>
        </div>`
      : officeTable([words.nameZh, words.campaigns.startsOn, words.campaigns.endsOn, words.campaigns.head], rows, words.change);
  const form = settingsForm(HERE, drawn, campaignFields(visit, names, drawn), words.add);
  return settingsPage(visit, names, drawn, {
    at: "campaigns",
    title: words.campaigns.title,
    under: words.campaigns.under,
    content: html`${list} ${formPanel("add", words.campaigns.add, form)}`,
  });
}

async function campaignPage(visit: Visit, asked: string, drawn: SettingsDrawn): Promise<Response> {
  const words = visit.words.people.settings.campaigns;
  const names = await visit.names();
  const campaign = names.campaigns.get(asked);
  if (campaign === undefined) return notFoundPage(visit);
  const { id, version } = campaign;
  const shown = await drawnOver(visit, drawn, { typed: typedOf(campaign), version, subject: { kind: "campaign", id } });
  return settingsPage(visit, names, shown, {
    at: "campaigns",
    title: nameOf(visit, campaign),
    under: html`<a href="${HERE}">${words.title}</a>`,
    content: html`${themesPanel(visit, names, campaign)}
      <section class="card office-panel">
        ${settingsForm(`${HERE}/${campaign.id}`, shown, campaignFields(visit, names, shown), visit.words.common.save)}
      </section>`,
  });
}

function themesPanel(visit: Visit, names: Directory, campaign: CampaignNamed): Html {
  const { change, campaigns: words } = visit.words.people.settings;
  const here = `${HERE}/${campaign.id}/themes`;
  const rows = themesOf(names, campaign).map(
    (theme) =>
      html`<tr>
        <th scope="row">${nameOf(visit, theme)}</th>
        ${openCell(`${here}/${theme.id}`, change, nameOf(visit, theme))}
      </tr>`,
  );
  return html`<section class="card office-table" aria-labelledby="themes">
    <div class="card-body">
      <h2 id="themes">${words.themes}</h2>
      <a class="btn" href="${here}/${NEW}">${words.addTheme}</a>
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
  </section>`;
}

function themesOf(names: Directory, campaign: CampaignNamed): readonly ThemeNamed[] {
  return [...names.themes.values()].filter((theme) => theme.campaign === campaign.id);
}

async function themePage(
  visit: Visit,
  asked: { readonly campaign: string; readonly theme: string },
  drawn: SettingsDrawn,
): Promise<Response> {
  const words = visit.words.people.settings.campaigns;
  const names = await visit.names();
  const campaign = names.campaigns.get(asked.campaign);
  const themes = campaign === undefined ? [] : themesOf(names, campaign);
  const theme = themes.find(({ id }) => id === asked.theme);
  if (campaign === undefined || (theme === undefined && asked.theme !== NEW)) return notFoundPage(visit);
  const shown = await (theme === undefined ? newTheme(drawn, themes) : drawnOver(visit, drawn, keptTheme(theme)));
  const title = theme === undefined ? words.addTheme : nameOf(visit, theme);
  const action = `${HERE}/${campaign.id}/themes${theme === undefined ? "" : `/${theme.id}`}`;
  return settingsPage(visit, names, shown, {
    at: "campaigns",
    title,
    under: html`<a href="${HERE}/${campaign.id}">${nameOf(visit, campaign)}</a>`,
    content: html`<section class="card office-panel">
      ${settingsForm(action, shown, themeFields(visit, shown), visit.words.common.save)}
    </section>`,
  });
}

/** Behind the others, until another place is typed. */
function newTheme(drawn: SettingsDrawn, themes: readonly ThemeNamed[]): SettingsDrawn {
  return { ...drawn, typed: { position: String((themes.at(-1)?.position ?? 0) + 1), ...drawn.typed } };
}

function keptTheme({ id, zh, en, position, version }: ThemeNamed): Kept {
  return { typed: { nameZh: zh, nameEn: en, position: String(position) }, version, subject: { kind: "theme", id } };
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
    finishDays: campaign.finishDays === null ? "" : String(campaign.finishDays),
  };
}

function campaignFields(visit: Visit, names: Directory, drawn: SettingsDrawn): Html {
  const { typed, faults, now } = drawn;
  const { settings } = visit.words.people;
  const words = settings.campaigns;
  const heads = [...names.officers.values()].map((officer) => ({
    value: officer.id,
    label: `${officer.name} · ${nameOf(visit, names.units.get(officer.unit))}`,
    retired: officer.disabled,
  }));
  const field = (name: string, label: string, type: "text" | "date" = "text") =>
    lineField(visit, { name, label, type, typed, faults, now });
  const finishDays = { name: "finishDays", label: words.finishDays, hint: words.finishDaysHint, required: false };
  return html`<div class="office-grid">
      ${field("nameZh", settings.nameZh)}
      ${englishName(visit, drawn)}
      ${field("startsOn", words.startsOn, "date")}
      ${field("endsOn", words.endsOn, "date")}
      ${lineField(visit, { ...finishDays, typed, faults, now })}
      ${selectField(visit, { name: "head", label: words.head, options: heads, none: words.chooseHead, typed, faults, now })}
    </div>
    ${paragraphField(visit, { name: "planZh", label: words.plan, typed, faults, now, required: false })}
    ${paragraphField(visit, { name: "planEn", label: words.planEn, typed, faults, now, required: false })}`;
}

function themeFields(visit: Visit, drawn: SettingsDrawn): Html {
  const { typed, faults, now } = drawn;
  const { settings } = visit.words.people;
  const field = (name: string, label: string) => lineField(visit, { name, label, typed, faults, now });
  return html`<div class="office-grid">
    ${field("nameZh", settings.nameZh)}
    ${englishName(visit, drawn)}
    ${field("position", settings.campaigns.position)}
  </div>`;
}
