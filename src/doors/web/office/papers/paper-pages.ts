import { addDocument } from "#evidence/add-document";
import { readFirstPage } from "#evidence/first-page";
import { PHOTO_MEDIA_TYPE } from "#evidence/picture";
import { readDocument } from "#evidence/read-document";
import { findSent, type SentFor } from "#evidence/upload";
import { AddPaper, addPaper } from "#ledger/add-paper";
import { listPapers } from "#ledger/papers";
import { readStanding, type Standing } from "#ledger/standing";
import { whyNotWork } from "#ledger/who-may";
import { findProblemByNumber } from "#office/queries";
import { notFoundPage } from "#doors/web/error-pages";
import { parse, type Sent } from "#doors/web/form";
import type { Drawn } from "#doors/web/form/drawn";
import { readAs, sendForm } from "#doors/web/form/send-form";
import type { Kept } from "#doors/web/keep-photos";
import { signedIn } from "#doors/web/office/officer-form";
import { refusalOf, statusOf } from "#doors/web/refusal-page";
import { route } from "#doors/web/route";
import { officePage } from "#doors/web/ui/office";
import type { Visit } from "#doors/web/visit";
import { papersBody } from "./papers-body.ts";

const WHO_READS = "see-problems";

/** The documents beside a problem: for whoever enters its desk, added by whoever works on it. */
export const paperRoutes = [
  route("GET /office/ledger/:number/papers", { who: WHO_READS, kind: "page" }, (visit, { number }) => papersPage(visit, number, null)),
  route("GET /office/ledger/:number/papers/:sha256", { who: WHO_READS, kind: "page" }, paper),
  route("GET /office/ledger/:number/papers/:sha256/page", { who: WHO_READS, kind: "page" }, firstPage),
  route("POST /office/ledger/:number/papers", { who: "work", kind: "act-photos" }, add),
];

type Asked = { readonly number: string; readonly sha256: string };

/** One of this problem's papers: kept by no browser, opened by none as a page of ours. */
async function paper(visit: Visit, { number, sha256 }: Asked): Promise<Response> {
  const standing = await standingOf(visit, number);
  const papers = standing === null ? [] : await listPapers(visit.town, standing.problem.id);
  const place = papers.findIndex((one) => one.sha256 === sha256);
  const found = place < 0 ? null : await readDocument(visit.town, sha256);
  if (standing === null || found === null) return notFoundPage(visit);
  const name = `${standing.problem.number}-${papers.length - place}.${found.ending}`;
  return visit.context.body(new Uint8Array(found.bytes), 200, {
    "content-type": found.mediaType,
    "content-disposition": `attachment; filename="${name}"`,
    "cache-control": "private, no-store",
  });
}

/** A picture of its first page, for whoever may open it. */
async function firstPage(visit: Visit, { number, sha256 }: Asked): Promise<Response> {
  const standing = await standingOf(visit, number);
  const papers = standing === null ? [] : await listPapers(visit.town, standing.problem.id);
  const isItsOwn = papers.some((one) => one.sha256 === sha256);
  const picture = isItsOwn ? await readFirstPage(visit.town, sha256) : null;
  if (picture === null) return notFoundPage(visit);
  return visit.context.body(new Uint8Array(picture), 200, { "content-type": PHOTO_MEDIA_TYPE, "cache-control": "private, no-store" });
}

async function standingOf(visit: Visit, number: string): Promise<Standing | null> {
  const problem = await findProblemByNumber(visit.town, number);
  return problem === null ? null : readStanding(visit.town, problem);
}

async function add(visit: Visit, { number }: Pick<Asked, "number">): Promise<Response> {
  const standing = await standingOf(visit, number);
  if (standing === null) return notFoundPage(visit);
  const { id: problem } = standing.problem;
  return sendForm(visit, {
    purpose: "paper",
    photos: { field: "file", keep: (sent) => keepSent(visit, { kind: "problem", id: problem }, sent) },
    read({ typed, lists }) {
      const [sha256] = lists["photos"] ?? [];
      const read = readAs(parse(visit, AddPaper, { ...typed, problem, paper: sha256 ?? "" }), async (town, what) => {
        await addPaper(town, signedIn(visit), visit.at, what);
        return `/office/ledger/${number}/papers?done=added`;
      });
      return sha256 === undefined ? { faults: { file: visit.words.office.papers.none } } : read;
    },
    back: (drawn) => papersPage(visit, number, drawn),
  });
}

/** The document that came, or the one that a form which comes back already brought. */
async function keepSent(visit: Visit, sentFor: SentFor, sent: Sent): Promise<Kept> {
  const officer = signedIn(visit).id;
  const [file] = sent.files["file"] ?? [];
  if (file === undefined) {
    const [earlier] = await findSent(visit.town, officer, sentFor, sent.lists["photos"] ?? []);
    return { photos: earlier === undefined ? [] : [earlier], position: null, fault: null };
  }
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    return { photos: [await addDocument(visit.town, { officer }, visit.at, { bytes, sentFor })], position: null, fault: null };
  } catch (error) {
    const code = refusalOf(error);
    if (code === null) throw error;
    return { photos: [], position: null, fault: { words: visit.words.refusals.codes[code], status: statusOf(code) } };
  }
}

async function papersPage(visit: Visit, number: string, drawn: Drawn | null): Promise<Response> {
  const standing = await standingOf(visit, number);
  if (standing === null) return notFoundPage(visit);
  const { problem } = standing;
  const names = await visit.names();
  const papers = await listPapers(visit.town, problem.id);
  const refused = whyNotWork("add-evidence", standing, signedIn(visit));
  return officePage(visit, names, {
    title: `${visit.words.office.papers.title} ${problem.number}`,
    body: papersBody(visit, names, { problem, papers, refused, drawn }),
    at: "ledger",
    faulty: drawn !== null,
    ...(drawn === null ? {} : { status: drawn.status }),
  });
}
