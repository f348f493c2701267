import type { Hono } from "hono";
import { RESIDENT } from "#audit/append-event";
import { sayMeToo } from "#intake/say-me-too";
import { findStory, type Story } from "#publication/problem-story";
import { Refusal } from "#refusals";
import { RaiseObjection, raiseObjection } from "#verification/raise-objection";
import { notFoundPage } from "#doors/web/error-pages";
import { parse, readForm, sendOnce, type Sent } from "#doors/web/form";
import { statusOf } from "#doors/web/refusal-page";
import { route, type Visited } from "#doors/web/route";
import type { Visit } from "#doors/web/visit";
import { problemPage } from "./problem-page.ts";

/** One entry of the ledger, and what anybody may do on it without an account: object while the notice is open, say "I have this too". */
export function problemPages(app: Hono<Visited>): void {
  route(app, "GET /ledger/:number", async (visit) => {
    const story = await findStory(visit.town, visit.context.req.param("number") ?? "");
    return story === null ? notFoundPage(visit) : problemPage(visit, story);
  });
  const onEntry = (act: (visit: Visit, story: Story) => Promise<Response>) => async (visit: Visit) => {
    const story = await findStory(visit.town, visit.context.req.param("number") ?? "");
    return story === null ? notFoundPage(visit) : act(visit, story);
  };
  route(app, "POST /ledger/:number/objections", onEntry(object));
  route(app, "POST /ledger/:number/me-too", onEntry(meToo));
}

async function object(visit: Visit, story: Story): Promise<Response> {
  const sent = await readForm(visit);
  const { value, faults } = parse(visit, RaiseObjection, {
    problem: story.problem.id,
    reason: sent.typed["reason"],
    address: visit.address,
  });
  if (faults !== null) return problemPage(visit, story, { status: 422, faults, typed: sent.typed, key: sent.key });
  return orRefused(visit, story, sent, () =>
    sendOnce(visit, sent, "objection", async (town) => {
      await raiseObjection(town, RESIDENT, visit.at, value);
      return `/ledger/${story.problem.number}?said=objection`;
    }),
  );
}

async function meToo(visit: Visit, story: Story): Promise<Response> {
  const sent = await readForm(visit);
  const { device, address } = visit;
  return orRefused(visit, story, sent, async () => {
    await sayMeToo(visit.town, visit.at, { problem: story.problem.id, device, address });
    return visit.context.redirect(`/ledger/${story.problem.number}?said=me-too`, 303);
  });
}

/** The page again with the refusal's words, everything typed kept. */
async function orRefused(visit: Visit, story: Story, sent: Sent, work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const status = statusOf(error.code) === 404 ? 404 : 409;
    return problemPage(visit, story, {
      status,
      faults: { form: visit.words.refusals.codes[error.code] },
      typed: sent.typed,
      key: sent.key,
    });
  }
}
