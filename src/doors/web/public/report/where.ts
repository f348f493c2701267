import type { Hono } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { ReceiveReport } from "#intake/receive-report";
import type { Directory } from "#publication/directory";
import { parse, readForm } from "#doors/web/form";
import { html, type Html } from "#doors/web/html";
import { route, type Visited } from "#doors/web/route";
import { lineField, selectField, type Faults, type Typed } from "#doors/web/ui/field";
import { nameOf, type Visit } from "#doors/web/visit";
import { draftOf, keepAnswers } from "./draft.ts";
import { backOf, nextOf, orAgain, stepPage, toField } from "./frame.ts";
import { faultsOfBytes } from "./typed.ts";

const Where = ReceiveReport.pick({ village: true, place: true, lon: true, lat: true });

/** Where it is: a village from the list, the place in words, or the phone's position; one of them is enough. */
export function wherePages(app: Hono<Visited>): void {
  route(app, "GET /report/where", async (visit) => {
    const draft = await draftOf(visit);
    return wherePage(visit, { ...draft.answers, to: visit.context.req.query("to") ?? "" }, {}, 200);
  });
  route(app, "POST /report/where", async (visit) => {
    const { typed: sent } = await readForm(visit);
    const typed = sent["no_position"] === "1" ? { ...sent, lon: "", lat: "" } : sent;
    const names = await visit.names();
    const { value, faults } = parse(visit, Where, typed);
    const all = { ...faults, ...unknownVillage(visit, names, typed), ...faultsOfBytes(visit, typed) };
    if (value === null || Object.keys(all).length > 0) return wherePage(visit, typed, onePosition(all), 422);
    if ((value.lon === null) !== (value.lat === null))
      return wherePage(visit, typed, { position: visit.words.common.faults["position/impossible"] }, 422);
    if (value.village === null && value.place === "" && value.lon === null) {
      return wherePage(visit, typed, { village: visit.words.report.where.missing }, 422);
    }
    return orAgain(
      visit,
      async () => {
        const position =
          value.lon === null || value.lat === null ? { lon: "", lat: "" } : { lon: String(value.lon), lat: String(value.lat) };
        await keepAnswers(visit, await draftOf(visit), { village: value.village ?? "", place: value.place, ...position });
        return visit.context.redirect(nextOf("where", typed), 303);
      },
      (fault, status) => wherePage(visit, typed, { place: fault }, status),
    );
  });
}

async function wherePage(visit: Visit, typed: Typed, faults: Faults, status: ContentfulStatusCode): Promise<Response> {
  const names = await visit.names();
  const words = visit.words.report.where;
  const to = typed["to"];
  const villages = [...names.villages.values()]
    .filter((village) => !village.retired)
    .map((village) => ({ value: village.id, label: nameOf(visit, village) }));
  const body = html`<draft-keeper data-name="report"><form method="post" action="/report/where" novalidate>${toField(to)}
${selectField(visit, { name: "village", label: words.village, options: villages, none: words.villageNone, typed, faults })}
${lineField(visit, { name: "place", label: words.place, hint: words.placeHint, typed, faults })}
${positionField(visit, typed, faults)}
<button class="btn btn-primary btn-lg" type="submit">${visit.words.common.next}</button></form></draft-keeper>`;
  return stepPage(visit, names, { step: "where", title: words.title, back: backOf("where", to), faults, status, body });
}

/** The button to locate appears only where it can work: the element makes it. A position once kept can be let go without it. */
function positionField(visit: Visit, typed: Typed, faults: Faults): Html {
  const words = visit.words.report.where;
  const { lon = "", lat = "" } = typed;
  const fault = faults["position"];
  const kept = lon !== "" && lat !== "" && fault === undefined;
  return html`<locate-me data-locate="${words.locate}" data-locating="${words.locating}" data-located="${words.located}" data-refused="${words.locateRefused}"><div class="field" id="f-position" tabindex="-1">${fault === undefined ? "" : html`<div class="fault" id="e-position">${fault}</div>`}<input type="hidden" name="lon" value="${lon}"><input type="hidden" name="lat" value="${lat}">${kept ? html`<p class="position-kept">${words.position(shown(lat), shown(lon))}</p><label class="form-check choice"><input class="form-check-input" type="checkbox" name="no_position" value="1"><span class="form-check-label">${words.forgetPosition}</span></label>` : ""}</div></locate-me>`;
}

/** Four decimals are ten metres: enough to see that it is the right place. */
export function shown(degrees: string): string {
  const number = Number(degrees);
  return Number.isFinite(number) ? number.toFixed(4) : degrees;
}

/** Longitude and latitude are one thing to the reader. */
function onePosition({ lon, lat, ...others }: Faults): Faults {
  const fault = lon ?? lat;
  return fault === undefined ? others : { ...others, position: fault };
}

/** Another town's village, or one retired since the page was drawn, is none of the list. */
function unknownVillage(visit: Visit, names: Directory, typed: Typed): Faults {
  const chosen = typed["village"] ?? "";
  if (chosen === "") return {};
  const village = names.villages.get(chosen);
  return village === undefined || village.retired ? { village: visit.words.common.faults["choice/unknown"] } : {};
}
