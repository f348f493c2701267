import type { ContentfulStatusCode } from "hono/utils/http-status";
import { z } from "zod";
import { REPORT_FIELDS } from "#intake/said";
import { HALF_A_POSITION, isWholePosition } from "#platform/numbers";
import type { Directory } from "#publication/directory";
import { OPEN_PAGE } from "#doors/web/access";
import { parse, readForm } from "#doors/web/form";
import { part } from "#doors/web/form/drawn";
import { html, type Html } from "#doors/web/html";
import { route } from "#doors/web/route";
import { faultsOfChoices, lineField, selectField, type Faults, type Option, type Typed } from "#doors/web/ui/field";
import { nearestVillage, positionIn, positionWords } from "#doors/web/ui/position-words";
import { nameOf, type Visit } from "#doors/web/visit";
import { draftOf, type Draft } from "./draft.ts";
import { elsewhere, keepStep, seenField, seenOf } from "./elsewhere.ts";
import { backOf, nextOf, orAgain, stepPage, toField } from "./frame.ts";
import { faultsOfBytes } from "./typed.ts";

const Where = z
  .object({ village: REPORT_FIELDS.village, place: REPORT_FIELDS.place, lon: REPORT_FIELDS.lon, lat: REPORT_FIELDS.lat })
  .refine(isWholePosition, HALF_A_POSITION);

const NAMES = ["village", "place", "lon", "lat"] as const;

/** Where it is: a village from the list, the place in words, or the phone's position; one of them is enough. */
export const whereRoutes = [
  route("GET /report/where", OPEN_PAGE, async (visit) => {
    const [draft, names] = await Promise.all([draftOf(visit), visit.names()]);
    const typed = { ...draft.answers, to: visit.context.req.query("to") ?? "", ...seenOf(visit, draft, NAMES) };
    return wherePage(visit, names, typed, faultsOfChoices(visit, typed, { village: villagesOf(visit, names) }), 200);
  }),
  route("POST /report/where", { who: "anyone", kind: "draft" }, async (visit) => {
    const { typed: sent } = await readForm(visit);
    const typed = sent["no_position"] === "1" ? { ...sent, lon: "", lat: "" } : sent;
    const names = await visit.names();
    const { value, faults } = parse(visit, Where, typed);
    const all = { ...faults, ...unknownVillage(visit, names, typed), ...faultsOfBytes(visit, typed) };
    if (value === null || Object.keys(all).length > 0) return wherePage(visit, names, typed, onePosition(all), 422);
    if (value.village === null && value.place === "" && value.lon === null) {
      return wherePage(visit, names, typed, { village: visit.words.report.where.missing }, 422);
    }
    return orAgain(
      visit,
      async () => {
        const now = await keepStep(visit, typed, { village: villageOf(names, value) ?? "", place: value.place, ...typedPosition(value) });
        return now === null ? visit.context.redirect(nextOf("where", typed), 303) : movedOn(visit, names, typed, now);
      },
      (fault, status) => wherePage(visit, names, typed, { place: fault }, status),
    );
  }),
];

/** Another tab answered this meanwhile: both are shown, what was typed here stays in the form. */
function movedOn(visit: Visit, names: Directory, typed: Typed, now: Draft): Response {
  const { report } = visit.words;
  const { village = "", place = "" } = now.answers;
  const at = positionIn(now.answers);
  const there = elsewhere(visit, now, [
    [report.where.village, village === "" ? "" : nameOf(visit, names.villages.get(village))],
    [report.where.place, place],
    [report.position.label, at === null ? "" : positionWords(visit, names, at)],
  ]);
  return wherePage(visit, names, { ...typed, ...seenOf(visit, now, NAMES) }, {}, 409, there);
}

function wherePage(
  visit: Visit,
  names: Directory,
  typed: Typed,
  faults: Faults,
  status: ContentfulStatusCode,
  note: Html = html``,
): Response {
  const words = visit.words.report.where;
  const to = typed["to"];
  const villages = { options: villagesOf(visit, names), none: words.villageNone };
  const body = html`${note}
    <draft-keeper data-name="report">
      <form method="post" action="/report/where" novalidate>
        ${toField(to)}
        ${seenField(typed)}
        ${selectField(visit, { ...part({ typed, faults }, "village", words.village), ...villages })}
        ${lineField(visit, { name: "place", label: words.place, hint: words.placeHint, typed, faults })}
        ${positionField(visit, names, typed, faults)}
        <button class="btn btn-primary btn-lg" type="submit">${visit.words.common.next}</button>
      </form>
    </draft-keeper>`;
  return stepPage(visit, names, { step: "where", title: words.title, back: backOf("where", to), faults, status, body });
}

function villagesOf(visit: Visit, names: Directory): readonly Option[] {
  return [...names.villages.values()].map((village) => ({ value: village.id, label: nameOf(visit, village), retired: village.retired }));
}

/** The button to locate appears only where it can work: the element makes it. A position once kept can be let go without it. */
function positionField(visit: Visit, names: Directory, typed: Typed, faults: Faults): Html {
  const words = visit.words.report.where;
  const { lon = "", lat = "" } = typed;
  const fault = faults["position"];
  const at = fault === undefined ? positionIn(typed) : null;
  return html`<locate-me
    data-locate="${words.locate}"
    data-locating="${words.locating}"
    data-located="${words.located}"
    data-refused="${words.locateRefused}"
  >
    <div class="field" id="f-position" tabindex="-1">
      ${fault === undefined ? "" : html`<div class="fault" id="e-position">${fault}</div>`}
      <input type="hidden" name="lon" value="${lon}">
      <input type="hidden" name="lat" value="${lat}">${
        at === null
          ? ""
          : html`<p class="position-kept">${words.position(positionWords(visit, names, at))}</p>
              <label class="form-check choice">
                <input class="form-check-input" type="checkbox" name="no_position" value="1">
                <span class="form-check-label">${words.forgetPosition}</span>
              </label>`
      }
    </div>
  </locate-me>`;
}

type Said = z.infer<typeof Where>;

function typedPosition({ lon, lat }: Said) {
  return lon === null || lat === null ? { lon: "", lat: "" } : { lon: String(lon), lat: String(lat) };
}

/** Whoever was located and named no village is in the nearest one; the last page before sending says so, and takes another. */
function villageOf(names: Directory, { village, lon, lat }: Said): string | null {
  if (village !== null || lon === null || lat === null) return village;
  return nearestVillage(names, { lon, lat })?.village.id ?? null;
}

/** Longitude and latitude are one thing to the reader. */
function onePosition({ lon, lat, ...others }: Faults): Faults {
  const fault = lon ?? lat;
  return fault === undefined ? others : { ...others, position: fault };
}

/** Another town's village is none of the list; one retired since the page was drawn is named. */
function unknownVillage(visit: Visit, names: Directory, typed: Typed): Faults {
  if (names.villages.has(typed["village"] ?? "")) return faultsOfChoices(visit, typed, { village: villagesOf(visit, names) });
  return (typed["village"] ?? "") === "" ? {} : { village: visit.words.common.faults["choice/unknown"] };
}
