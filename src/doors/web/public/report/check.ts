import { IDENTITY_FIELDS } from "#vault/identity";
import type { Hono } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { findCandidates } from "#intake/candidates";
import { dropDraft } from "#intake/drop-draft";
import { receiveReport, ReceiveReport } from "#intake/receive-report";
import { once } from "#platform/once";
import type { Directory } from "#publication/directory";
import { formKey, parse, readForm } from "#doors/web/form";
import { html, type Html } from "#doors/web/html";
import { receiptPath } from "#doors/web/public/receipt-token";
import { route, type Visited } from "#doors/web/route";
import type { Faults } from "#doors/web/ui/field";
import { nameOf, type Visit } from "#doors/web/visit";
import { draftOf, forgetCookie, type Draft } from "./draft.ts";
import { orAgain, stepPage, type Step } from "./frame.ts";
import { noAnswer, similarProblems, similarPages } from "./similar.ts";
import { shown } from "./where.ts";

/** The last look before sending: every answer with its way back, similar problems, and one button. */
export function checkPages(app: Hono<Visited>): void {
  route(app, "GET /report/check", async (visit) => {
    const draft = await draftOf(visit);
    const missing = await missingStep(visit, draft);
    return missing === null ? checkPage(visit, draft, {}, 200) : visit.context.redirect(`/report/${missing}`, 303);
  });
  route(app, "POST /report/check", send);
  similarPages(app, (visit, fault, status) => draftOf(visit).then((draft) => checkPage(visit, draft, { send: fault }, status)));
}

/**
 * Sends the draft once. A second sending of the same form finds where the first one led; a draft that was sent or
 * swept meanwhile leads to a new beginning. The report and the end of its draft are one transaction.
 */
async function send(visit: Visit): Promise<Response> {
  const sent = await readForm(visit);
  const { device } = visit;
  const work = async () => {
    const outcome = await once(visit.town, "report", visit.at, sent.key, async (town) => {
      const draft = await draftOf(visit, town);
      const missing = await missingStep(visit, draft);
      const { value } = parse(visit, ReceiveReport, whole(draft, device));
      if (draft.id === null || missing !== null || value === null) return `/report/${missing ?? "what"}`;
      const { report, folded } = await receiveReport(town, null, visit.at, { ...value, channel: "web" });
      await dropDraft(town, draft.id);
      return receiptPath(town, visit.at, { report, folded });
    });
    if (outcome.startsWith("/receipt/")) forgetCookie(visit);
    return visit.context.redirect(outcome, 303);
  };
  return orAgain(visit, work, async (fault, status) => checkPage(visit, await draftOf(visit), { send: fault }, status, sent.key));
}

/** The first question still without its answer; null when the report can go. */
export async function missingStep(visit: Visit, draft: Draft): Promise<Step | null> {
  const names = await visit.names();
  const { category = "", village = "" } = draft.answers;
  const { faults } = parse(visit, ReceiveReport, whole(draft, "0".repeat(32)));
  const known = names.categories.get(category);
  if (known === undefined || known.retired || faults?.["title"] !== undefined || faults?.["details"] !== undefined) return "what";
  if (village !== "" && names.villages.get(village)?.retired !== false) return "where";
  if (
    noAnswer(draft, "village", "place", "lon") ||
    faults?.["place"] !== undefined ||
    faults?.["lon"] !== undefined ||
    faults?.["lat"] !== undefined
  )
    return "where";
  return IDENTITY_FIELDS.every((field) => faults?.[field] === undefined) ? null : "contact";
}

function whole(draft: Draft, device: string) {
  return { ...draft.answers, photos: draft.photos, device, channel: "web" };
}

async function checkPage(visit: Visit, draft: Draft, faults: Faults, status: ContentfulStatusCode, key?: string): Promise<Response> {
  const { title = "", details = "", category = "", village = "", lon = "", lat = "" } = draft.answers;
  const candidates = await findCandidates(visit.town, {
    category,
    village: village === "" ? null : village,
    lon: lon === "" ? null : Number(lon),
    lat: lat === "" ? null : Number(lat),
    text: `${title} ${details}`,
  });
  const names = await visit.names();
  const words = visit.words.report.check;
  const body = html`${similarProblems(visit, draft, candidates)}${answers(visit, names, draft)}
<form method="post" action="/report/check" id="f-send" tabindex="-1">${formKey(key)}<p class="promise">${words.promise}</p><button class="btn btn-primary btn-lg" type="submit">${words.send}</button></form>`;
  return stepPage(visit, names, { step: null, title: words.title, back: "/report/contact", faults, status, body });
}

function answers(visit: Visit, names: Directory, draft: Draft): Html {
  const words = visit.words.report.check;
  const { title = "", details = "", category = "", village = "", place = "", lon = "", lat = "" } = draft.answers;
  const reachedBy = IDENTITY_FIELDS.map((field) => draft.answers[field] ?? "").filter((part) => part !== "");
  const where = [village === "" ? "" : nameOf(visit, names.villages.get(village)), place].filter((part) => part !== "").join(words.comma);
  const position = lon === "" ? "" : words.positionKept(shown(lat), shown(lon));
  const photos = draft.photos.map(
    (sha256, at) => html`<img src="/report/photos/${sha256}" alt="${visit.words.report.photos.photo(at + 1)}" width="80" height="60">`,
  );
  return html`<dl class="review">
${answer(visit, "what", words.sentence, html`${title}`)}
${answer(visit, "what", words.details, details === "" ? none(words.none) : html`<span class="as-typed">${details}</span>`)}
${answer(visit, "what", words.category, html`${nameOf(visit, names.categories.get(category))}`)}
${answer(visit, "where", words.where, html`${[where, position].filter((part) => part !== "").join(" · ")}`)}
${answer(visit, "photos", words.photos, html`${words.photoCount(draft.photos.length)}${photos.length === 0 ? "" : html`<span class="small-photos">${photos}</span>`}`)}
${answer(visit, "contact", words.contact, reachedBy.length === 0 ? none(words.anonymous) : html`${reachedBy.join(" · ")}`)}
</dl>`;
}

function answer(visit: Visit, step: Step, label: string, says: Html): Html {
  const { change } = visit.words.report.check;
  return html`<div><dt>${label}</dt><dd>${says}</dd><dd class="change"><a href="/report/${step}?to=check">${change}<span class="visually-hidden">：${label}</span></a></dd></div>`;
}

function none(says: string): Html {
  return html`<span class="none">${says}</span>`;
}
