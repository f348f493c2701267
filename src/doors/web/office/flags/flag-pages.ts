import type { Hono } from "hono";
import { ClearFlag, clearFlag } from "#detector/clear-flag";
import { findFlag } from "#detector/queries";
import { id } from "#platform/text";
import { Refusal } from "#refusals";
import { notFoundPage } from "#doors/web/error-pages";
import { readForm, sendOnce } from "#doors/web/form";
import { signedIn } from "#doors/web/office/officer-form";
import { parseOpenly } from "#doors/web/office/publishing";
import { statusOf } from "#doors/web/refusal-page";
import { route, type Visited } from "#doors/web/route";
import { clearPage } from "./clear-page.ts";

/** A verifier looks at one flag's evidence and clears it with a public reason. */
export function flagClearing(app: Hono<Visited>): void {
  route(app, "GET /office/flags/:flag", async (visit) => {
    const flag = await found(visit);
    return flag === null ? notFoundPage(visit) : clearPage(visit, flag, null);
  });
  route(app, "POST /office/flags/:flag/clear", async (visit) => {
    const sent = await readForm(visit);
    const flag = await found(visit);
    if (flag === null) return notFoundPage(visit);
    const { value, faults } = parseOpenly(visit, ClearFlag, { ...sent.typed, flag: flag.id });
    if (faults !== null) return clearPage(visit, flag, { typed: sent.typed, faults, status: 422, key: sent.key });
    try {
      return await sendOnce(visit, sent, "clear-flag", async (town) => {
        await clearFlag(town, signedIn(visit), visit.at, value);
        return `/office/flags/${flag.id}?done=cleared`;
      });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const fault = visit.words.refusals.codes[error.code];
      return clearPage(visit, flag, { typed: sent.typed, faults: { form: fault }, status: statusOf(error.code), key: sent.key });
    }
  });
}

async function found(visit: Parameters<typeof clearPage>[0]) {
  const flag = id.safeParse(visit.context.req.param("flag"));
  return flag.success ? findFlag(visit.town, flag.data) : null;
}
