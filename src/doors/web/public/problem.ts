import { RESIDENT } from "#audit/append-event";
import { giveSlip } from "#intake/give-slip";
import { findStory, type Story } from "#publication/problem-story";
import { RaiseObjection, raiseObjection } from "#verification/raise-objection";
import { OPEN_PAGE } from "#doors/web/access";
import { noSuchNumberPage } from "#doors/web/error-pages";
import { parse } from "#doors/web/form";
import { readAs, sendForm } from "#doors/web/form/send-form";
import { route } from "#doors/web/route";
import type { Visit } from "#doors/web/visit";
import { countOnce } from "./count-once.ts";
import { problemPage } from "./problem-page.ts";
import { receiptPath } from "./receipt-token.ts";

/** One entry of the ledger, and what anybody may do on it without an account: object while the notice is open, say "I have this too". */
export const problemRoutes = [
  route(
    "GET /ledger/:number",
    OPEN_PAGE,
    onEntry((visit, story) => problemPage(visit, story)),
  ),
  route("POST /ledger/:number/objections", { who: "anyone", kind: "objection" }, onEntry(object)),
  route("POST /ledger/:number/me-too", { who: "anyone", kind: "me-too" }, onEntry(meToo)),
  route("POST /ledger/:number/me-too/receipt", { who: "anyone", kind: "me-too" }, onEntry(meTooReceipt)),
];

/** A page of an entry that is on the ledger. */
function onEntry(page: (visit: Visit, story: Story) => Promise<Response>) {
  return async (visit: Visit, { number }: { readonly number: string }): Promise<Response> => {
    const story = await findStory(visit.town, number);
    return story === null ? noSuchNumberPage(visit, number) : page(visit, story);
  };
}

/** Whoever objects is given a receipt at once: its page says by which day the town answers. */
function object(visit: Visit, story: Story): Promise<Response> {
  const { id } = story.problem;
  return sendForm(visit, {
    purpose: "objection",
    beside: "form",
    read: ({ typed }) =>
      readAs(parse(visit, RaiseObjection, { problem: id, reason: typed["reason"], address: visit.address }), async (town, what) => {
        const objection = await raiseObjection(town, RESIDENT, visit.at, what);
        return receiptPath(town, visit.at, { slip: await giveSlip(town, visit.at, { problem: id, objection }) });
      }),
    back: (drawn) => problemPage(visit, story, drawn),
  });
}

/** Said by the button alone: from one device it counts once, and whoever presses it again is thanked again. */
function meToo(visit: Visit, story: Story): Promise<Response> {
  const { device, address } = visit;
  const { id, number } = story.problem;
  return sendForm(visit, {
    purpose: null,
    beside: "form",
    read: () => ({
      async act(town) {
        await countOnce(town, visit.at, { problem: id, device, address });
        return `/ledger/${number}?said=me-too`;
      },
    }),
    back: (drawn) => problemPage(visit, story, drawn),
  });
}

/** A receipt for whoever wants one: it counts this device where it has not said so yet. */
function meTooReceipt(visit: Visit, story: Story): Promise<Response> {
  const { device, address, at } = visit;
  const { id } = story.problem;
  return sendForm(visit, {
    purpose: null,
    beside: "form",
    read: () => ({
      async act(town) {
        await countOnce(town, at, { problem: id, device, address });
        return receiptPath(town, at, { slip: await giveSlip(town, at, { problem: id, device }) });
      },
    }),
    back: (drawn) => problemPage(visit, story, drawn),
  });
}
