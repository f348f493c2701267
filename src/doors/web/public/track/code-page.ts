import type { ContentfulStatusCode } from "hono/utils/http-status";
import { isBlank } from "#platform/characters";
import { html } from "#doors/web/html";
import { faultSummary, lineField, type Faults, type Typed } from "#doors/web/ui/field";
import { publicPage } from "#doors/web/ui/layout";
import { phoneLine } from "#doors/web/ui/phone";
import type { Visit } from "#doors/web/visit";

/** What may have been written when the half hour was over. */
export const KEPT = ["text", "why", "solved", "satisfied", "reason"] as const;

/** The half hour was over while something was being written: the code again, and what was written goes on with it. */
export async function expiredPage(visit: Visit, typed: Typed): Promise<Response> {
  const words = visit.words.report.track;
  const says = writtenIn(typed).length === 0 ? words.expired : `${words.expired}${words.expiredKept}`;
  return codePage(visit, { typed, faults: {}, status: 401, says });
}

/** What was written, whether it comes from its own form or was kept in this one: a wrong code loses nothing. */
function writtenIn(typed: Typed): readonly (readonly [string, string])[] {
  return KEPT.flatMap((name) => {
    const text = typed[name] ?? typed[`kept_${name}`] ?? "";
    return isBlank(text) ? [] : [[name, text] as const];
  });
}

type CodeParts = {
  readonly typed: Typed;
  readonly faults: Faults;
  readonly status: ContentfulStatusCode;
  readonly says?: string;
};

/** Asks for the receipt code. */
export async function codePage(visit: Visit, { typed, faults, status, says = "" }: CodeParts): Promise<Response> {
  const names = await visit.names();
  const words = visit.words.report.track;
  const kept = writtenIn(typed).map(([name, text]) => html`<input type="hidden" name="kept_${name}" value="${text}">`);
  visit.context.header("cache-control", "no-store");
  return publicPage(visit, names, {
    title: words.title,
    at: "track",
    status,
    faulty: Object.keys(faults).length > 0,
    body: html`<div class="narrow question">
      ${faultSummary(visit, faults)}
      <h1>${words.title}</h1>
      ${says === "" ? "" : html`<div class="alert alert-warning" role="status">${says}</div>`}
      <form method="post" action="/track" class="code-form" novalidate>
        ${kept}
        ${lineField(visit, { name: "code", label: words.code, hint: words.codeHint, typed, faults })}
        <button class="btn btn-primary btn-lg" type="submit">${words.show}</button>
      </form>
      <p class="hint">${words.publicDevice}</p>
      <p class="hint">${words.lost}</p>
      ${phoneLine(visit, names)}
    </div>`,
  });
}
