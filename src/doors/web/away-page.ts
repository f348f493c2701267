import type { Context } from "hono";
import type { Limits } from "#doors/limits";
import { html } from "./html.ts";
import { NOTHING_KEPT, readKeptForm, sendAgainForm, type KeptForm } from "./kept-form.ts";
import type { Program } from "./program.ts";
import type { Visited } from "./route.ts";
import { barePage } from "./ui/bare-page.ts";
import type { Visit } from "./visit.ts";
import { visitBeforeTowns } from "./welcome.ts";

const RETRY_AFTER_S = "5";

/**
 * The database cannot be asked: no name of the town is known, so the page has none. Whatever was typed goes back to whoever typed
 * it with the same form key, so that sending it again does once what may have been done already.
 */
export async function awayPage(program: Program, limits: Limits, context: Context<Visited>, known: Visit | null): Promise<Response> {
  const visit = known ?? visitBeforeTowns(program, limits, context);
  const kept = context.req.method === "POST" ? await typedIn(visit) : NOTHING_KEPT;
  const { errors } = visit.words.common;
  const again =
    kept.fields.length > 0
      ? sendAgainForm(visit, kept, errors.awayKept)
      : html`<p><a class="btn btn-primary" href="${context.req.method === "GET" ? context.req.path : "/"}">${errors.tryAgain}</a></p>`;
  context.header("retry-after", RETRY_AFTER_S);
  context.header("cache-control", "no-store");
  const content = html`<h1>${errors.away}</h1>
    <p class="lead">${errors.awayHint}</p>
    ${again}`;
  return barePage(visit, { title: errors.away, status: 503, content, style: "public.css" });
}

/** Nothing of a form with a password or a code in it: those are typed again. */
async function typedIn(visit: Visit): Promise<KeptForm> {
  const kept = await readKeptForm(visit).catch(() => NOTHING_KEPT);
  return kept.fields.some(([name]) => /password|code$/.test(name)) ? NOTHING_KEPT : kept;
}
