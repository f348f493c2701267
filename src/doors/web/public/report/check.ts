import { IDENTITY_FIELDS } from "#vault/identity";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { findCandidates } from "#intake/candidates";
import { ReceiveReport } from "#intake/said";
import { markOfDraft, reportOf, sendDraft } from "#intake/send-draft";
import { once, outcomeOf } from "#platform/once";
import type { Directory } from "#publication/directory";
import { OPEN_PAGE } from "#doors/web/access";
import { formKey, parse, readForm } from "#doors/web/form";
import { html, type Html } from "#doors/web/html";
import { receiptPath } from "#doors/web/public/receipt-token";
import { route } from "#doors/web/route";
import type { Faults } from "#doors/web/ui/field";
import { positionIn, positionWords } from "#doors/web/ui/position-words";
import { whereWords } from "#doors/web/ui/where";
import type { Visit } from "#doors/web/visit";
import { draftIdOf, draftOf, forgetCookie, type Draft } from "./draft.ts";
import { seenField, seenIn } from "./elsewhere.ts";
import { orAgain, stepPage, type Step } from "./frame.ts";
import { noAnswer, similarProblems, similarRoutes } from "./similar.ts";
import { offerAgain } from "./photos.ts";
import { chosenWords } from "./what.ts";

const PURPOSE = "report";

/** The last look before sending: every answer with its way back, similar problems, and one button. */
export const checkRoutes = [
  route("GET /report/check", OPEN_PAGE, async (visit) => {
    const [draft, names] = await Promise.all([draftOf(visit), visit.names()]);
    return drawn(visit, names, draft, {}, 200);
  }),
  route("POST /report/check", { who: "anyone", kind: "report" }, send),
  ...similarRoutes(
    "check",
    async (visit, fault, status) => {
      const [draft, names] = await Promise.all([draftOf(visit), visit.names()]);
      return checkPage(visit, names, draft, { send: fault }, status);
    },
    async (visit) => visit.context.redirect("/report/check", 303),
  ),
];

/**
 * Sends the draft: one draft makes one report, however often, from however many tabs and with whatever key its form is sent.
 * Names are read and pages drawn outside of the transaction, which would else ask its own pool for another connection.
 */
async function send(visit: Visit): Promise<Response> {
  const sent = await readForm(visit);
  const earlier = await outcomeOf(visit.town, PURPOSE, sent.key);
  if (earlier !== null) return led(visit, sent.key, earlier);
  const id = draftIdOf(visit);
  if (id === null) return visit.context.redirect("/report/what", 303);
  const work = async () => {
    const what = { draft: id, seen: seenIn(sent.typed), device: visit.device };
    const outcome = await once(visit.town, PURPOSE, visit.at, id, async (town) =>
      receiptPath(town, visit.at, await sendDraft(town, visit.at, what)),
    );
    return led(visit, id, outcome);
  };
  return orAgain(visit, work, async (fault, status) => {
    const [draft, names] = await Promise.all([draftOf(visit), visit.names()]);
    return drawn(visit, names, draft, { send: fault }, status);
  });
}

/** To the receipt; the cookie of the draft that became it goes, not that of another one begun since. */
function led(visit: Visit, draft: string, to: string): Response {
  if (draftIdOf(visit) === draft) forgetCookie(visit);
  return visit.context.redirect(to, 303);
}

/** The page to check, or the first question still without its answer. */
async function drawn(visit: Visit, names: Directory, draft: Draft, faults: Faults, status: ContentfulStatusCode): Promise<Response> {
  const missing = missingStep(visit, names, draft);
  return missing === null ? checkPage(visit, names, draft, faults, status) : visit.context.redirect(`/report/${missing}`, 303);
}

/** The first question still without its answer; null when the report can go. */
function missingStep(visit: Visit, names: Directory, draft: Draft): Step | null {
  const { category = "", village = "" } = draft.answers;
  const { faults } = parse(visit, ReceiveReport, reportOf(draft, visit.device));
  const isChosen = category === "" || names.categories.get(category)?.retired === false;
  if (!isChosen || faults?.["title"] !== undefined || faults?.["details"] !== undefined) return "what";
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

async function checkPage(visit: Visit, names: Directory, draft: Draft, faults: Faults, status: ContentfulStatusCode): Promise<Response> {
  const { title = "", details = "", village = "", lon = "", lat = "" } = draft.answers;
  const candidates = await findCandidates(visit.town, {
    village: village === "" ? null : village,
    lon: lon === "" ? null : Number(lon),
    lat: lat === "" ? null : Number(lat),
    text: `${title} ${details}`,
  });
  const words = visit.words.report.check;
  const body = html`${similarProblems(visit, { names, draft, on: "check", candidates })}
    ${answers(visit, names, draft)}
    ${offerAgain(visit, names, draft)}
    <form method="post" action="/report/check" id="f-send" tabindex="-1">
      ${formKey(draft.id ?? undefined)}
      ${seenField({ seen: markOfDraft(visit.town, draft) })}
      <p class="promise">${words.promise}</p>
      <button class="btn btn-primary btn-lg" type="submit">${words.send}</button>
    </form>`;
  return stepPage(visit, names, { step: null, title: words.title, back: "/report/contact", faults, status, body });
}

function answers(visit: Visit, names: Directory, draft: Draft): Html {
  const words = visit.words.report.check;
  const { title = "", details = "", category = "", village = "", place = "" } = draft.answers;
  const reachedBy = IDENTITY_FIELDS.map((field) => draft.answers[field] ?? "").filter((part) => part !== "");
  const where = whereWords(visit, names, { village: village === "" ? null : village, place });
  const at = positionIn(draft.answers);
  const position = at === null ? "" : positionWords(visit, names, at);
  const photos = draft.photos.map(
    (sha256, at) => html`<img src="/report/photos/${sha256}" alt="${visit.words.report.photos.photo(at + 1)}" width="80" height="60">`,
  );
  return html`<dl class="review">
    ${answer(visit, "what", words.sentence, html`${title}`)}
    ${answer(visit, "what", words.details, details === "" ? none(words.none) : html`<span class="as-typed">${details}</span>`)}
    ${answer(visit, "what", words.category, html`${chosenWords(visit, names, category)}`)}
    ${answer(visit, "where", words.where, html`${where}${where === null || position === "" ? "" : " · "}${position}`)}
    ${answer(
      visit,
      "photos",
      words.photos,
      html`${words.photoCount(draft.photos.length)}${photos.length === 0 ? "" : html`<span class="small-photos">${photos}</span>`}`,
    )}
    ${answer(visit, "contact", words.contact, reachedBy.length === 0 ? none(words.anonymous) : html`${reachedBy.join(" · ")}`)}
  </dl>`;
}

function answer(visit: Visit, step: Step, label: string, says: Html): Html {
  const { change } = visit.words.report.check;
  return html`<div>
    <dt>${label}</dt>
    <dd>${says}</dd>
    <dd class="change">
      <a href="/report/${step}?to=check">${change}<span class="visually-hidden">：${label}</span></a>
    </dd>
  </div>`;
}

function none(says: string): Html {
  return html`<span class="none">${says}</span>`;
}
