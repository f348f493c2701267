import type { z } from "zod";
import { notFoundPage } from "#doors/web/error-pages";
import { readAs, sendForm } from "#doors/web/form/send-form";
import { signedIn } from "#doors/web/office/officer-form";
import { parseOpenly } from "#doors/web/office/publishing";
import { route } from "#doors/web/route";
import type { Visit } from "#doors/web/visit";
import type { Officer } from "#people/officer";
import type { Town } from "#platform/town";
import { ClearFlag, clearFlag } from "#verification/clear-flag";
import type { FlagDecision } from "#verification/flag";
import { findFlag } from "#verification/queries";
import { UpholdFlag, upholdFlag } from "#verification/uphold-flag";
import { flagPage } from "./flag-page.ts";

/** A verifier looks at one flag's evidence, and clears it or sends the problem back to work, with a public reason. */
export const flagPageRoutes = [
  route("GET /office/flags/:flag", { who: "see-problems", kind: "page" }, async (visit, asked) => {
    const flag = await findFlag(visit.town, asked.flag);
    return flag === null ? notFoundPage(visit) : flagPage(visit, flag, null);
  }),
  route("POST /office/flags/:flag/clear", { who: "verify", kind: "act" }, (visit, asked) =>
    decide(visit, asked.flag, { decision: "cleared", purpose: "clear-flag", schema: ClearFlag, act: clearFlag }),
  ),
  route("POST /office/flags/:flag/uphold", { who: "verify", kind: "act" }, (visit, asked) =>
    decide(visit, asked.flag, { decision: "upheld", purpose: "uphold-flag", schema: UpholdFlag, act: upholdFlag }),
  ),
];

type Deciding<T> = {
  readonly decision: FlagDecision;
  readonly purpose: string;
  readonly schema: z.ZodType<T>;
  readonly act: (town: Town, by: Officer, at: Date, what: T) => Promise<void>;
};

async function decide<T>(visit: Visit, id: string, { decision, purpose, schema, act }: Deciding<T>): Promise<Response> {
  const flag = await findFlag(visit.town, id);
  if (flag === null) return notFoundPage(visit);
  return sendForm(visit, {
    purpose,
    read: ({ typed }) =>
      readAs(parseOpenly(visit, schema, { ...typed, flag: flag.id }), async (town, what) => {
        await act(town, signedIn(visit), visit.at, what);
        return `${typed["from"] === "desk" ? `/office/ledger/${flag.number}` : `/office/flags/${flag.id}`}?done=${decision}`;
      }),
    back: (drawn) => flagPage(visit, flag, { ...drawn, decision }),
  });
}
