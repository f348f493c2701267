import type { Context } from "hono";
import type { z } from "zod";
import { parseJson } from "#doors/body";
import type { Entered } from "#doors/enter";
import { lookUpCode } from "#doors/look-up-code";
import { TooMuch } from "#doors/too-much";
import { wordsIn } from "#words/words";
import { dayOf } from "#platform/instant";
import type { Town } from "#platform/town";
import type { ApiHouse } from "./house.ts";
import { fieldErrors, isJson, langOf, problemDocument } from "./problem-document.ts";
import { ReceiptShown, type ReceiptTold } from "./shapes.ts";

/**
 * Where a report, an objection or a "me too" stands, what comes next and by which day, to whoever shows its receipt code: the same as
 * the page says, as slowly.
 */
export async function tellReceipt(house: ApiHouse, town: Town, context: Context<Entered>): Promise<Response> {
  if (!isJson(context)) return problemDocument(context, 415, "media-type");
  const { body, bounds } = context.get("entry");
  const parsed = ReceiptShown.safeParse(parseJson(await body(), bounds));
  if (!parsed.success) return problemDocument(context, 422, "fields", { errors: fieldErrors(langOf(context), "pointer", parsed.error) });
  const found = await lookUpCode(town, house.limits, house.addressOf(context), parsed.data.code);
  if (found.coded === null && found.waitMs !== null) throw new TooMuch("tries", found.waitMs);
  if (found.coded === null && found.diedAt !== null) return problemDocument(context, 410, "receipt-reissued");
  const story = found.coded === null ? null : await house.storyOf(town, found.coded, house.now());
  if (story === null) return problemDocument(context, 404, "no-receipt");
  const words = wordsIn(langOf(context)).report;
  const told: z.output<typeof ReceiptTold> = {
    of: story.of,
    receivedOn: dayOf(story.receivedAt),
    state: story.state,
    says: { ...words.story.status, ...words.slip.status }[story.state],
    next: { step: story.next.says, says: words.story.next[story.next.says], day: story.next.on },
    problem:
      story.number === null ? null : { number: story.number, page: `/ledger/${story.number}`, self: `/api/v1/problems/${story.number}` },
  };
  return context.json(told);
}
