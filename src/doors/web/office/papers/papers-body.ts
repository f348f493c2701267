import { DOCUMENTS } from "#evidence/document";
import type { Paper } from "#ledger/papers";
import type { Problem } from "#ledger/problem";
import type { Directory } from "#publication/directory";
import type { RefusalCode } from "#refusals";
import { FRESH, part, type Drawn } from "#doors/web/form/drawn";
import { formTag } from "#doors/web/form/form-tag";
import { html, type Html } from "#doors/web/html";
import { mayOpen } from "#doors/web/route";
import { keptDraft } from "#doors/web/office/office-draft";
import { instantWords } from "#doors/web/ui/day";
import { faultSummary, framed, lineField } from "#doors/web/ui/field";
import { officeHead } from "#doors/web/ui/office";
import type { Visit } from "#doors/web/visit";

export type PapersView = {
  readonly problem: Problem;
  readonly papers: readonly Paper[];
  /** Why this officer may add none; null when they may. */
  readonly refused: RefusalCode | null;
  /** A form that came back. */
  readonly drawn: Drawn | null;
};

/** What lies beside the problem, and the form that adds to it for whoever works on it. */
export function papersBody(visit: Visit, names: Directory, { problem, papers, refused, drawn }: PapersView): Html {
  const words = visit.words.office.papers;
  const { number } = problem;
  const back = html`<a class="btn" href="/office/ledger/${number}">${visit.words.common.back}</a>`;
  const done = visit.context.req.query("done") === "added";
  const no = refused === null ? null : visit.words.refusals.codes[refused];
  return html`${officeHead(words.title, html`${number} · ${problem.title}`, back)}
    ${faultSummary(visit, drawn?.faults ?? {})}
    ${done ? html`<p class="alert alert-success" role="status">${words.done}</p>` : ""}
    <p class="hint">${words.under}</p>
    ${papers.length === 0 ? html`<p>${words.noPapers}</p>` : paperList(visit, names, number, papers)}
    ${no === null ? addForm(visit, number, drawn) : html`<p class="office-refused">${no}</p>`}`;
}

function paperList(visit: Visit, names: Directory, number: string, papers: readonly Paper[]): Html {
  return html`<ul class="card office-panel">
    ${papers.map((paper) => paperLine(visit, names, number, paper))}
  </ul>`;
}

function paperLine(visit: Visit, names: Directory, number: string, paper: Paper): Html {
  const words = visit.words.office.papers;
  const { sha256, caption, mediaType, bytes, addedBy, addedAt } = paper;
  const kind =
    Object.values(DOCUMENTS)
      .find((one) => one.mediaType === mediaType)
      ?.ending.toUpperCase() ?? "";
  const who = addedBy === null ? "" : (names.officers.get(addedBy)?.name ?? "");
  const withdraw = html`<a href="/office/photos/${sha256}?from=/office/ledger/${number}">${words.withdraw}</a>`;
  return html`<li>
    <a href="/office/ledger/${number}/papers/${sha256}" download data-turbo="false">${caption === "" ? words.unnamed : caption}</a>
    ${pageOf(visit, number, paper)}
    <span class="hint">${kind} · ${words.size(Math.ceil(bytes / 1024))} · ${who} ${instantWords(visit, addedAt)}</span>
    ${mayOpen(visit, "POST /office/photos/:sha256/withdraw") ? withdraw : ""}
  </li>`;
}

/** The first page, or why none is drawn. */
function pageOf(visit: Visit, number: string, { sha256, caption, firstPage }: Paper): Html {
  const words = visit.words.office.papers;
  if (firstPage === "drawn") {
    const page = `/office/ledger/${number}/papers/${sha256}/page`;
    return html`<a class="paper-page" href="${page}" data-turbo="false">
      <img src="${page}" alt="${words.firstPage(caption)}" loading="lazy">
    </a>`;
  }
  return html`<span class="hint">${noPageWords(visit, firstPage)}</span>`;
}

function noPageWords(visit: Visit, firstPage: Exclude<Paper["firstPage"], "drawn">): string {
  const words = visit.words.office.papers;
  if (firstPage === null) return words.noPage;
  if (firstPage === "waits") return words.pageWaits;
  const codes: { readonly [code: string]: string } = visit.words.refusals.codes;
  return words.pageBecause(codes[firstPage.because] ?? "");
}

function addForm(visit: Visit, number: string, returned: Drawn | null): Html {
  const words = visit.words.office.papers;
  const drawn = returned ?? FRESH;
  const [kept] = drawn.lists["photos"] ?? [];
  const file = { ...part(drawn, "file", words.file, words.fileHint), required: kept === undefined };
  const caption = lineField(visit, part(drawn, "caption", words.caption, words.captionHint));
  const fields = html`${kept === undefined ? "" : html`<p>${words.kept}</p>`}
    ${framed(visit, file, fileInput(drawn.faults["file"] !== undefined))}
    ${keptDraft(visit, `${number}/paper`, caption, returned !== null)}`;
  return html`<section class="card office-panel" id="f-form">
    <h2>${words.add}</h2>
    ${formTag({
      action: `/office/ledger/${number}/papers`,
      hidden: kept === undefined ? {} : { photos: kept },
      key: drawn.key,
      photos: true,
      fields,
      button: words.send,
    })}
  </section>`;
}

function fileInput(isFaulty: boolean): Html {
  return html`<input
    class="form-control${isFaulty ? " is-invalid" : ""}"
    id="f-file"
    name="file"
    type="file"
    accept=".pdf,.ofd,.docx,.xlsx,.pptx"
    aria-describedby="h-file${isFaulty ? " e-file" : ""}"
  >`;
}
