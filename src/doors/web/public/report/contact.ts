import type { Hono } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { z } from "zod";
import { IDENTITY_FIELDS, identityFields } from "#vault/identity";
import { parse, readForm } from "#doors/web/form";
import { html } from "#doors/web/html";
import { route, type Visited } from "#doors/web/route";
import { lineField, type Faults, type Typed } from "#doors/web/ui/field";
import { rarerIdentityFields } from "#doors/web/ui/identity-fields";
import { nameOf, type Visit } from "#doors/web/visit";
import { draftOf, keepAnswers } from "./draft.ts";
import { backOf, nextOf, orAgain, stepPage, toField } from "./frame.ts";
import { faultsOfBytes } from "./typed.ts";

const Contact = z.object(identityFields);
const NOTHING = Object.fromEntries(IDENTITY_FIELDS.map((field) => [field, ""]));

/** How to reach the reporter, if they want to be reached; told first who keeps it, what for and how long (PIPL art. 17). */
export function contactPages(app: Hono<Visited>): void {
  route(app, "GET /report/contact", async (visit) => {
    const draft = await draftOf(visit);
    return contactPage(visit, { ...draft.answers, to: visit.context.req.query("to") ?? "" }, {}, 200);
  });
  route(app, "POST /report/contact", async (visit) => {
    const { typed } = await readForm(visit);
    const given = typed["go"] === "skip" ? { ...typed, ...NOTHING } : typed;
    const { value, faults } = parse(visit, Contact, given);
    const all = { ...faults, ...faultsOfBytes(visit, given) };
    if (value === null || Object.keys(all).length > 0) return contactPage(visit, typed, all, 422);
    return orAgain(
      visit,
      async () => {
        await keepAnswers(visit, await draftOf(visit), { ...value, contact: "asked" });
        return visit.context.redirect(nextOf("contact", typed), 303);
      },
      (fault, status) => contactPage(visit, typed, { name: fault }, status),
    );
  });
}

async function contactPage(visit: Visit, typed: Typed, faults: Faults, status: ContentfulStatusCode): Promise<Response> {
  const names = await visit.names();
  const words = visit.words.report.contact;
  const to = typed["to"];
  const notice = words.notice(nameOf(visit, names.town)).map(([term, says]) => html`<div><dt>${term}</dt><dd>${says}</dd></div>`);
  const body = html`<p class="lead">${words.lead}</p>
<form method="post" action="/report/contact" novalidate>${toField(to)}
${lineField(visit, { name: "name", label: words.name, typed, faults, required: false, autocomplete: "name" })}
${lineField(visit, { name: "phone", label: words.phone, hint: words.phoneHint, type: "tel", typed, faults, required: false, autocomplete: "tel" })}
${rarerIdentityFields(visit, typed, faults)}
<section class="privacy" aria-labelledby="privacy-title"><h2 id="privacy-title">${words.noticeTitle}</h2><dl>${notice}</dl></section>
<div class="ways"><button class="btn btn-primary btn-lg" type="submit" name="go" value="next">${visit.words.common.next}</button><button class="btn btn-lg" type="submit" name="go" value="skip">${words.skip}</button></div></form>`;
  return stepPage(visit, names, { step: "contact", title: words.title, back: backOf("contact", to), faults, status, body });
}
