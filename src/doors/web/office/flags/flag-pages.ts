import { ClearFlag, clearFlag } from "#detector/clear-flag";
import { findFlag } from "#detector/queries";
import { notFoundPage } from "#doors/web/error-pages";
import { FRESH } from "#doors/web/form/drawn";
import { readAs, sendForm } from "#doors/web/form/send-form";
import { signedIn } from "#doors/web/office/officer-form";
import { parseOpenly } from "#doors/web/office/publishing";
import { route } from "#doors/web/route";
import { clearPage } from "./clear-page.ts";

/** A verifier looks at one flag's evidence and clears it with a public reason. */
export const clearingRoutes = [
  route("GET /office/flags/:flag", { who: "see-problems", kind: "page" }, async (visit, asked) => {
    const flag = await findFlag(visit.town, asked.flag);
    return flag === null ? notFoundPage(visit) : clearPage(visit, flag, FRESH);
  }),
  route("POST /office/flags/:flag/clear", { who: "verify", kind: "act" }, async (visit, asked) => {
    const flag = await findFlag(visit.town, asked.flag);
    if (flag === null) return notFoundPage(visit);
    return sendForm(visit, {
      purpose: "clear-flag",
      read: ({ typed }) =>
        readAs(parseOpenly(visit, ClearFlag, { ...typed, flag: flag.id }), async (town, what) => {
          await clearFlag(town, signedIn(visit), visit.at, what);
          return `/office/flags/${flag.id}?done=cleared`;
        }),
      back: (drawn) => clearPage(visit, flag, drawn),
    });
  }),
];
