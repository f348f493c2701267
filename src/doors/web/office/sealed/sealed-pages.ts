import { AnswerSealedReport, answerSealedReport } from "#intake/answer-sealed-report";
import { LetOutReport, letOutReport } from "#intake/let-out-report";
import { OpenSealedReport, openSealedReport } from "#intake/open-sealed-report";
import { ReferSealedReport, referSealedReport } from "#intake/refer-sealed-report";
import { findSealed, listSealed, receivesSealed, type SealedReport } from "#intake/sealed-reports";
import { readFile } from "#evidence/queries";
import type { z } from "zod";
import type { Officer } from "#people/officer";
import type { Town } from "#platform/town";
import { notFoundPage } from "#doors/web/error-pages";
import { parse } from "#doors/web/form";
import { FRESH } from "#doors/web/form/drawn";
import { readAs, sendForm } from "#doors/web/form/send-form";
import { signedIn } from "#doors/web/office/officer-form";
import { route } from "#doors/web/route";
import type { Visit } from "#doors/web/visit";
import { sealedListPage, sealedReportPage, type SealedAct } from "./sealed-page.ts";

const READS = { who: "officer", kind: "page" } as const;
const ACTS = { who: "officer", kind: "act" } as const;

/** Reports about people of the town, for those who receive them: to everybody else none of these addresses is there. */
export const sealedRoutes = [
  route("GET /office/sealed", READS, async (visit) => {
    const by = signedIn(visit);
    if (!(await receivesSealed(visit.town, by))) return notFoundPage(visit);
    return sealedListPage(visit, await listSealed(visit.town, by));
  }),
  route("GET /office/sealed/:report", READS, (visit, { report }) =>
    onSealed(visit, report, (found) => sealedReportPage(visit, found, null)),
  ),
  route("GET /office/sealed/:report/photos/:sha256", READS, (visit, { report, sha256 }) =>
    onSealed(visit, report, (found) => photo(visit, found, sha256)),
  ),
  route("POST /office/sealed/:report/answer", ACTS, (visit, { report }) =>
    act(visit, report, "answer", AnswerSealedReport, answerSealedReport),
  ),
  route("POST /office/sealed/:report/refer", ACTS, (visit, { report }) =>
    act(visit, report, "refer", ReferSealedReport, referSealedReport),
  ),
  route("POST /office/sealed/:report/open", ACTS, (visit, { report }) => act(visit, report, "open", OpenSealedReport, openSealedReport)),
  route("POST /office/sealed/:report/let-out", ACTS, (visit, { report }) => act(visit, report, "let-out", LetOutReport, letOutReport)),
];

async function onSealed(visit: Visit, id: string, page: (found: SealedReport) => Response | Promise<Response>): Promise<Response> {
  const found = await findSealed(visit.town, signedIn(visit), id);
  return found === null ? notFoundPage(visit) : page(found);
}

type Command<T> = (town: Town, by: Officer, at: Date, what: T) => Promise<unknown>;

function act<T>(visit: Visit, id: string, which: SealedAct, schema: z.ZodType<T>, command: Command<T>): Promise<Response> {
  return onSealed(visit, id, (found) =>
    sendForm(visit, {
      purpose: `sealed.${which}`,
      read: ({ typed }) =>
        readAs(parse(visit, schema, { ...typed, report: found.id }), async (town, what) => {
          await command(town, signedIn(visit), visit.at, what);
          return which === "let-out" ? "/office/sealed?done=let-out" : `/office/sealed/${found.id}?done=${which}`;
        }),
      back: (drawn) => sealedReportPage(visit, found, { ...FRESH, ...drawn, act: which }),
    }),
  );
}

async function photo(visit: Visit, { photos }: SealedReport, sha256: string): Promise<Response> {
  const file = photos.includes(sha256) ? await readFile(visit.town, sha256) : null;
  if (file === null) return notFoundPage(visit);
  return visit.context.body(new Uint8Array(file.bytes), 200, { "content-type": file.mediaType, "cache-control": "private, no-store" });
}
