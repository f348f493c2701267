import { RESIDENT } from "#audit/append-event";
import { sayMeToo } from "#intake/say-me-too";
import { findStory, type Story } from "#publication/problem-story";
import { RaiseObjection, raiseObjection } from "#verification/raise-objection";
import { OPEN_PAGE } from "#doors/web/access";
import { noSuchNumberPage } from "#doors/web/error-pages";
import { parse } from "#doors/web/form";
import { readAs, sendForm } from "#doors/web/form/send-form";
import { route } from "#doors/web/route";
import type { Visit } from "#doors/web/visit";
import { problemPage } from "./problem-page.ts";

/** One entry of the ledger, and what anybody may do on it without an account: object while the notice is open, say "I have this too". */
export const problemRoutes = [
  route(
    "GET /ledger/:number",
    OPEN_PAGE,
    onEntry((visit, story) => problemPage(visit, story)),
  ),
  route("POST /ledger/:number/objections", { who: "anyone", kind: "objection" }, onEntry(object)),
  route("POST /ledger/:number/me-too", { who: "anyone", kind: "me-too" }, onEntry(meToo)),
];

/** A page of an entry that is on the ledger. */
function onEntry(page: (visit: Visit, story: Story) => Promise<Response>) {
  return async (visit: Visit, { number }: { readonly number: string }): Promise<Response> => {
    const story = await findStory(visit.town, number);
    return story === null ? noSuchNumberPage(visit, number) : page(visit, story);
  };
}

function object(visit: Visit, story: Story): Promise<Response> {
  const { id, number } = story.problem;
  return sendForm(visit, {
    purpose: "objection",
    beside: "form",
    read: ({ typed }) =>
      readAs(parse(visit, RaiseObjection, { problem: id, reason: typed["reason"], address: visit.address }), async (town, what) => {
        await raiseObjection(town, RESIDENT, visit.at, what);
        return `/ledger/${number}?said=objection`;
      }),
    back: (drawn) => problemPage(visit, story, drawn),
  });
}

/** Said by the button alone: from one device it counts once, and whoever presses it again is thanked again. */
function meToo(visit: Visit, story: Story): Promise<Response> {
  const { device, address } = visit;
  const { id, number } = story.problem;
  const thanks = `/ledger/${number}?said=me-too`;
  return sendForm(visit, {
    purpose: null,
    beside: "form",
    read: () => ({
      async act(town) {
        await sayMeToo(town, visit.at, { problem: id, device, address });
        return thanks;
      },
    }),
    back: (drawn) => (drawn.refused === "me-too/said" ? visit.context.redirect(thanks, 303) : problemPage(visit, story, drawn)),
  });
}
