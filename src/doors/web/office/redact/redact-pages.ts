import { findFiles } from "#evidence/queries";
import { findReport } from "#intake/queries";
import { readWork } from "#ledger/queries";
import { readStanding } from "#ledger/standing";
import { findProblemByNumber } from "#office/queries";
import { findMarkable, findMarked, MarkWords, strayIn, type Marks } from "#publication/marked-words";
import { redactMarked, whyNotRedact } from "#publication/redact-marked";
import { notFoundPage } from "#doors/web/error-pages";
import { parse, type Sent } from "#doors/web/form";
import { FRESH, type Drawn } from "#doors/web/form/drawn";
import { sendForm, type Read } from "#doors/web/form/send-form";
import { signedIn } from "#doors/web/office/officer-form";
import { route } from "#doors/web/route";
import { officePage } from "#doors/web/ui/office";
import type { Visit } from "#doors/web/visit";
import { redactBody, type Place } from "./redact-body.ts";
import { sealOf } from "./redact-seen.ts";

/** Where words that should not be read are covered: about a problem by the office, in a report by the intake desk. */
export const redactRoutes = [
  route("GET /office/ledger/:number/redact", { who: "oversee", kind: "page" }, onProblem(fresh)),
  route("POST /office/ledger/:number/redact", { who: "oversee", kind: "act" }, onProblem(redact)),
  route("GET /office/inbox/:report/redact", { who: "triage", kind: "page" }, onReport(fresh)),
  route("POST /office/inbox/:report/redact", { who: "triage", kind: "act" }, onReport(redact)),
];

type OnPlace = (visit: Visit, place: Place) => Promise<Response>;

function onProblem(page: OnPlace) {
  return async (visit: Visit, { number: typed }: { readonly number: string }): Promise<Response> => {
    const id = await findProblemByNumber(visit.town, typed);
    if (id === null) return notFoundPage(visit);
    const { number, title } = (await readStanding(visit.town, id)).problem;
    const { evidence } = await readWork(visit.town, id);
    return page(visit, {
      about: { kind: "problem", id },
      at: `/office/ledger/${number}`,
      files: "/files",
      name: `${number} · ${title}`,
      photos: evidence,
    });
  };
}

function onReport(page: OnPlace) {
  return async (visit: Visit, { report: id }: { readonly report: string }): Promise<Response> => {
    const report = await findReport(visit.town, id);
    if (report === null) return notFoundPage(visit);
    const at = `/office/inbox/${id}`;
    return page(visit, {
      about: { kind: "report", id },
      at,
      files: `${at}/photos`,
      name: report.title,
      photos: await findFiles(visit.town, report.photos),
    });
  };
}

function fresh(visit: Visit, place: Place): Promise<Response> {
  return redactPage(visit, place, FRESH);
}

/** First the marks are shown as they were understood; what was seen so is covered when it is sent again. */
async function redact(visit: Visit, place: Place): Promise<Response> {
  return sendForm(visit, {
    purpose: "redact-words",
    read: (sent) => readMarks(visit, place, sent),
    back: (drawn) => redactPage(visit, place, drawn),
  });
}

async function readMarks(visit: Visit, { about, at }: Place, { typed, lists }: Sent): Promise<Read> {
  const { value, faults } = parse(visit, MarkWords, { ...typed, whole: lists["whole"] ?? [] });
  if (faults !== null) return { faults };
  const marked = await findMarked(visit.town, about, value);
  const stray = strayIn(marked, value.words);
  if (stray.length > 0) return { faults: { words: visit.words.office.redact.stray(stray) } };
  if (typed["go"] !== "cover" || typed["seen"] !== sealOf(marked)) return { faults: {}, status: 200 };
  return {
    async act(town) {
      await redactMarked(town, signedIn(visit), visit.at, { ...value, about });
      return `${at}/redact?done=redact`;
    },
  };
}

async function redactPage(visit: Visit, place: Place, drawn: Drawn): Promise<Response> {
  const { about } = place;
  const words = visit.words.office.redact;
  const refused = await whyNotRedact(visit.town, signedIn(visit), about);
  const texts = refused === null ? await findMarkable(visit.town, about) : [];
  const marks = drawn.key !== null && Object.keys(drawn.faults).length === 0 ? marksOf(drawn) : null;
  const marked = refused !== null || marks === null ? [] : await findMarked(visit.town, about, marks);
  return officePage(visit, await visit.names(), {
    title: `${words.title} · ${place.name}`,
    body: redactBody(visit, place, { texts, marked, refused, drawn }),
    at: about.kind === "problem" ? "ledger" : "inbox",
    faulty: drawn.status === 422,
    status: drawn.status,
  });
}

/** What a form that came back marked, where it can be read. */
function marksOf({ typed, lists }: Drawn): Marks | null {
  const { data } = MarkWords.safeParse({ ...typed, whole: lists["whole"] ?? [] });
  return data ?? null;
}
