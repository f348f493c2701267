import { AnswerSealedReport, answerSealedReport } from "#intake/answer-sealed-report";
import { LetOutReport, letOutReport } from "#intake/let-out-report";
import { lookAtSealedIdentity, openedSealedIdentity } from "#intake/look-at-sealed-identity";
import { OpenSealedReport, openSealedReport } from "#intake/open-sealed-report";
import { ReadSealedWords, readSealedWords } from "#intake/read-sealed-words";
import { RedactSealedReport, redactSealedReport } from "#intake/redact-sealed-report";
import { ReferSealedReport, referSealedReport } from "#intake/refer-sealed-report";
import { ReplyToSealedReport, replyToSealedReport } from "#intake/reply-to-sealed-report";
import { findSealed, listSealed, receivesSealed, type SealedReport } from "#intake/sealed-reports";
import { readFile } from "#evidence/queries";
import type { z } from "zod";
import type { Officer } from "#people/officer";
import type { Town } from "#platform/town";
import { Look } from "#vault/record-look";
import { notFoundPage } from "#doors/web/error-pages";
import { parse, type Sent } from "#doors/web/form";
import { readAs, sendForm, type Read } from "#doors/web/form/send-form";
import { signedIn } from "#doors/web/office/officer-form";
import { route } from "#doors/web/route";
import type { Visit } from "#doors/web/visit";
import { SEALED_ACTS, type Returned, type SealedAct } from "./sealed-forms.ts";
import { sealedListPage } from "./sealed-list.ts";
import { sealedReportPage } from "./sealed-page.ts";

const READS = { who: "officer", kind: "page" } as const;
const ACTS = { who: "officer", kind: "act" } as const;

/** Reports about people of the town, for those who receive them: to everybody else none of these addresses is there. */
export const sealedRoutes = [
  route("GET /office/sealed", READS, async (visit) => {
    const by = signedIn(visit);
    if (!(await receivesSealed(visit.town, by))) return notFoundPage(visit);
    return sealedListPage(visit, await listSealed(visit.town, by));
  }),
  route("GET /office/sealed/:report", READS, (visit, { report }) => onSealed(visit, report, (found) => shown(visit, found, null))),
  route("GET /office/sealed/:report/photos/:sha256", READS, (visit, { report, sha256 }) =>
    onSealed(visit, report, (found) => photo(visit, found, sha256)),
  ),
  ...SEALED_ACTS.map((act) => route(`POST /office/sealed/:report/${act}`, ACTS, (visit, { report }) => send(visit, report, act))),
];

async function onSealed(visit: Visit, id: string, page: (found: SealedReport) => Response | Promise<Response>): Promise<Response> {
  const found = await findSealed(visit.town, signedIn(visit), id);
  return found === null ? notFoundPage(visit) : page(found);
}

async function shown(visit: Visit, report: SealedReport, returned: Returned | null): Promise<Response> {
  return sealedReportPage(visit, report, await openedSealedIdentity(visit.town, signedIn(visit), visit.at, report.id), returned);
}

function send(visit: Visit, id: string, act: SealedAct): Promise<Response> {
  return onSealed(visit, id, (found) =>
    sendForm(visit, {
      // Each look is a look of its own, on record before anything is shown.
      purpose: act === "identity" ? null : `sealed.${act}`,
      read: ({ typed }) => READ[act]({ visit, typed: { ...typed, report: found.id }, act }),
      back: async (drawn) => onSealed(visit, id, (now) => shown(visit, now, { ...drawn, act })),
    }),
  );
}

type Sending = { readonly visit: Visit; readonly typed: Sent["typed"] & { readonly report: string }; readonly act: SealedAct };

const READ: Record<SealedAct, (sending: Sending) => Read> = {
  answer: (sending) => reading(sending, AnswerSealedReport, answerSealedReport),
  refer: (sending) => reading(sending, ReferSealedReport, referSealedReport),
  open: (sending) => reading(sending, OpenSealedReport, openSealedReport),
  "let-out": (sending) => reading(sending, LetOutReport, letOutReport),
  reply: (sending) => reading(sending, ReplyToSealedReport, replyToSealedReport),
  read: (sending) => reading(sending, ReadSealedWords, readSealedWords),
  identity: (sending) => reading(sending, Look, lookAtSealedIdentity),
  redact: (sending) => reading(sending, RedactSealedReport, redactSealedReport),
};

type Command<T> = (town: Town, by: Officer, at: Date, what: T) => Promise<unknown>;

/** Let out it is not here any more: that leads to the list. */
function reading<T>({ visit, typed, act }: Sending, schema: z.ZodType<T>, command: Command<T>): Read {
  return readAs(parse(visit, schema, typed), async (town, what) => {
    await command(town, signedIn(visit), visit.at, what);
    return act === "let-out" ? "/office/sealed?done=let-out" : `/office/sealed/${typed.report}?done=${act}`;
  });
}

async function photo(visit: Visit, { photos }: SealedReport, sha256: string): Promise<Response> {
  const file = photos.includes(sha256) ? await readFile(visit.town, sha256) : null;
  if (file === null) return notFoundPage(visit);
  return visit.context.body(new Uint8Array(file.bytes), 200, { "content-type": file.mediaType, "cache-control": "private, no-store" });
}
