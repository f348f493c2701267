import type { ContentfulStatusCode } from "hono/utils/http-status";
import { z } from "zod";
import { IDENTITY_FIELDS, identityFields } from "#vault/identity";
import type { Directory } from "#publication/directory";
import { OPEN_PAGE } from "#doors/web/access";
import { parse, readForm } from "#doors/web/form";
import { html, type Html } from "#doors/web/html";
import { route } from "#doors/web/route";
import { lineField, type Faults, type Typed } from "#doors/web/ui/field";
import { rarerIdentityFields } from "#doors/web/ui/identity-fields";
import { nameOf, type Visit } from "#doors/web/visit";
import { doubtsOf, sureOfPhone } from "#doors/web/public/phone-doubt";
import { draftOf, type Draft } from "./draft.ts";
import { elsewhere, keepStep, seenField, seenOf } from "./elsewhere.ts";
import { backOf, nextOf, orAgain, stepPage, toField } from "./frame.ts";
import { faultsOfBytes } from "./typed.ts";

const Contact = z.object({ ...identityFields, forSecretary: z.enum(["yes", "no", ""]).default("") });
const NOTHING = Object.fromEntries(IDENTITY_FIELDS.map((field) => [field, ""]));

const NAMES = [...IDENTITY_FIELDS, "contact", "forSecretary"];

/** How to reach the reporter, if they want to be reached; told first who keeps it, what for and how long (PIPL art. 17). */
export const contactRoutes = [
  route("GET /report/contact", OPEN_PAGE, async (visit) => {
    const [draft, names] = await Promise.all([draftOf(visit), visit.names()]);
    return contactPage(
      visit,
      names,
      { ...draft.answers, to: visit.context.req.query("to") ?? "", ...seenOf(visit, draft, NAMES) },
      {},
      200,
    );
  }),
  route("POST /report/contact", { who: "anyone", kind: "draft" }, async (visit) => {
    const { typed } = await readForm(visit);
    const names = await visit.names();
    const given = typed["go"] === "skip" ? { ...typed, ...NOTHING } : typed;
    const { value, faults } = parse(visit, Contact, given);
    const doubts = value === null ? {} : doubtsOf(visit, value.phone, typed);
    const all = { ...doubts, ...faults, ...faultsOfBytes(visit, given) };
    if (value === null || Object.keys(all).length > 0) return contactPage(visit, names, withDoubted(typed, doubts, value), all, 422);
    return orAgain(
      visit,
      async () => {
        const now = await keepStep(visit, typed, { ...value, contact: "asked" });
        return now === null ? visit.context.redirect(nextOf("contact", typed), 303) : movedOn(visit, names, typed, now);
      },
      (fault, status) => contactPage(visit, names, typed, { name: fault }, status),
    );
  }),
];

/** What was typed, with the number that is asked about. */
function withDoubted(typed: Typed, doubts: Faults, value: { readonly phone: string } | null): Typed {
  return doubts["phone"] === undefined || value === null ? typed : { ...typed, doubted: value.phone };
}

/** Another tab answered this meanwhile: both are shown, what was typed here stays in the form. */
function movedOn(visit: Visit, names: Directory, typed: Typed, now: Draft): Promise<Response> {
  const said = IDENTITY_FIELDS.filter((field) => (now.answers[field] ?? "") !== "");
  const none: readonly [string, string] = [visit.words.report.check.contact, visit.words.report.check.anonymous];
  const there = elsewhere(
    visit,
    now,
    said.length === 0 ? [none] : said.map((field) => [visit.words.common.identity[field], now.answers[field] ?? ""]),
  );
  return contactPage(visit, names, { ...typed, ...seenOf(visit, now, NAMES) }, {}, 409, there);
}

async function contactPage(
  visit: Visit,
  names: Directory,
  typed: Typed,
  faults: Faults,
  status: ContentfulStatusCode,
  note: Html = html``,
): Promise<Response> {
  const words = visit.words.report.contact;
  const to = typed["to"];
  const { answers } = await draftOf(visit);
  const category = names.categories.get(answers["category"] ?? "");
  const isSealed = category?.sealed === true;
  const said = isSealed ? visit.words.sealed.ask : words;
  const notice = said.notice(nameOf(visit, names.town)).map(
    ([term, says]) =>
      html`<div>
        <dt>${term}</dt>
        <dd>${says}</dd>
      </div>`,
  );
  const phone = { name: "phone", label: words.phone, hint: said.phoneHint, type: "tel", autocomplete: "tel" } as const;
  const body = html`${note}
    <p class="lead">${words.lead}</p>
    <form method="post" action="/report/contact" novalidate>
      ${toField(to)}
      ${seenField(typed)}
      ${isSealed ? whoReads(visit, names, category.id, typed) : ""}
      ${lineField(visit, { name: "name", label: words.name, typed, faults, required: false, autocomplete: "name" })}
      ${lineField(visit, { ...phone, typed, faults, required: false })}
      ${sureOfPhone(visit, typed["doubted"] ?? "")}
      ${rarerIdentityFields(visit, typed, faults)}
      <section class="privacy" aria-labelledby="privacy-title">
        <h2 id="privacy-title">${words.noticeTitle}</h2>
        <dl>${notice}</dl>
      </section>
      <div class="ways">
        <button class="btn btn-primary btn-lg" type="submit" name="go" value="next">${visit.words.common.next}</button>
        <button class="btn btn-lg" type="submit" name="go" value="skip">${words.skip}</button>
      </div>
    </form>`;
  return stepPage(visit, names, { step: "contact", title: words.title, back: backOf("contact", to), faults, status, body });
}

/** Of a sealed category: who reads it, and the secretary instead where those who are named are themselves concerned. */
function whoReads(visit: Visit, names: Directory, category: string, typed: Typed): Html {
  const words = visit.words.sealed.ask;
  const isForSecretary = typed["forSecretary"] === "yes";
  const choices = html`<label class="form-check choice">
      <input class="form-check-input" type="radio" name="forSecretary" value="no" ${isForSecretary ? "" : html`checked`}>
      <span class="form-check-label">${words.receivers}</span>
    </label>
    <label class="form-check choice">
      <input class="form-check-input" type="radio" name="forSecretary" value="yes" ${isForSecretary ? html`checked` : ""}>
      <span class="form-check-label">${words.secretary}</span>
    </label>`;
  return html`<fieldset class="field" id="f-forSecretary">
    <legend class="form-label">${words.title}</legend>
    <p class="hint">${words.note}</p>
    ${names.receivers.has(category) ? choices : ""}
  </fieldset>`;
}
