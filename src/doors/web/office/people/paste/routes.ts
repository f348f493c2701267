import { slipsPage } from "#doors/web/office/people/slips";
import type { ShownOnce } from "#doors/web/office/people/half-shown";
import { route } from "#doors/web/route";
import type { Visit } from "#doors/web/visit";
import { judgeOfficers, OFFICER_HEADS } from "./officers.ts";
import { emptyPage, leftPage, sendPaste, type PasteInto } from "./paste-page.ts";
import { judgeUnits, judgeVillages, UNIT_HEADS, VILLAGE_HEADS } from "./places.ts";

const UNITS: PasteInto = { at: "units", list: "/office/people/units", heads: UNIT_HEADS, judge: judgeUnits };
const VILLAGES: PasteInto = { at: "villages", list: "/office/people/villages", heads: VILLAGE_HEADS, judge: judgeVillages };

/** Rows copied from a table become units, villages, officers. */
export const pasteRoutes = [
  route("GET /office/people/units/paste", { who: "keep-places", kind: "page" }, (visit) => emptyPage(visit, UNITS)),
  route("POST /office/people/units/paste", { who: "keep-places", kind: "bulk" }, (visit) => sendPlaces(visit, UNITS)),
  route("GET /office/people/villages/paste", { who: "keep-places", kind: "page" }, (visit) => emptyPage(visit, VILLAGES)),
  route("POST /office/people/villages/paste", { who: "keep-places", kind: "bulk" }, (visit) => sendPlaces(visit, VILLAGES)),
  route("GET /office/people/paste", { who: "keep-accounts", kind: "page" }, (visit) => emptyPage(visit, officers([]))),
  route("POST /office/people/paste", { who: "keep-accounts", kind: "bulk" }, sendOfficers),
];

function officers(made: ShownOnce[]): PasteInto {
  return { at: "people", list: "/office/people", heads: OFFICER_HEADS, judge: (visit, rows) => judgeOfficers(visit, rows, made) };
}

function sendPlaces(visit: Visit, into: PasteInto): Promise<Response> {
  return sendPaste(visit, into, (left) => leftPage(visit, into, left));
}

/** The halves of their passwords are in this one answer and nowhere else: a repeated sending leads to the list without them. */
function sendOfficers(visit: Visit): Promise<Response> {
  const made: ShownOnce[] = [];
  return sendPaste(visit, officers(made), (left) =>
    made.length === 0 ? visit.context.redirect("/office/people", 303) : slipsPage(visit, "first", made, left),
  );
}
