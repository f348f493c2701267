import type { FileKept } from "#evidence/queries";
import type { Reissue, Report, ReportWord } from "#intake/queries";
import type { Day } from "#platform/instant";
import type { Directory } from "#publication/directory";
import { html, type Html } from "#doors/web/html";
import { mayOpen } from "#doors/web/route";
import { replyLamp } from "#doors/web/office/reply-lamp";
import { categoryWords } from "#doors/web/ui/category";
import { instantWords } from "#doors/web/ui/day";
import { whereWords } from "#doors/web/ui/where";
import type { Visit } from "#doors/web/visit";

/** What the reporter said, in their own words, and what happened to it since. */
export function reportPanel(visit: Visit, names: Directory, report: Report, files: readonly FileKept[], next: Day): Html {
  const { inbox: words } = visit.words.office;
  const facts: readonly (readonly [string, Html | string])[] = [
    [words.received, instantWords(visit, report.receivedAt)],
    [words.channel, visit.words.common.channels[report.channel]],
    [words.category, categoryWords(visit, names, report.category)],
    [words.where, whereWords(visit, names, report) ?? "—"],
    [words.state, words.statuses[report.status]],
    ...(report.firstAnsweredAt === null
      ? [[words.reply, replyLamp(visit, report.firstReplyDueAt, next)] as const]
      : [[words.reply, instantWords(visit, report.firstAnsweredAt)] as const]),
    ...(report.reissue === null ? [] : [[words.reissued, reissuedWords(visit, names, report.reissue)] as const]),
    ...(report.registeredBy === null ? [] : [[words.registeredBy, names.officers.get(report.registeredBy)?.name ?? "—"] as const]),
  ];
  return html`<article class="card office-report">
      <p class="hint">${words.privateNote}</p>
      <h2 class="serif">${report.title}</h2>
      <p class="office-words">${report.details === "" ? words.noDetails : report.details}</p>
      ${photos(visit, report.id, files)}
      <dl class="office-facts">
        ${facts.map(
          ([name, fact]) =>
            html`<dt>${name}</dt>
              <dd>${fact}</dd>`,
        )}
      </dl>
      ${redactLink(visit, report.id)}
    </article>
    ${
      report.words.length === 0
        ? ""
        : html`<section class="card office-report" aria-labelledby="history">
            <h2 id="history">${words.history}</h2>
            <ol class="office-history">
              ${report.words.map((word) => wordEntry(visit, names, word))}
            </ol>
          </section>`
    }`;
}

function redactLink(visit: Visit, report: string): Html {
  if (!mayOpen(visit, "GET /office/inbox/:report/redact")) return html``;
  return html`<p class="mt-3">
    <a href="/office/inbox/${report}/redact">${visit.words.office.redact.openPage}</a>
  </p>`;
}

function reissuedWords(visit: Visit, names: Directory, { by, at }: Reissue): Html {
  return html`${instantWords(visit, at)} · ${names.officers.get(by)?.name ?? "—"}`;
}

function photos(visit: Visit, report: string, files: readonly FileKept[]): Html {
  const words = visit.words.office.inbox;
  const shown = files.filter((file) => !file.redacted);
  if (shown.length === 0) return html``;
  return html`<ul class="office-photos">
    ${shown.map(
      (file, position) =>
        html`<li>
          <a href="/office/inbox/${report}/photos/${file.shownSha256}" data-turbo="false">
            <img src="/office/inbox/${report}/photos/${file.thumbnailSha256 ?? file.shownSha256}" alt="${words.photo(position + 1)}"
          >
        </a>
          <a
            href="/office/photos/${file.sha256}?from=/office/inbox/${report}"
            aria-label="${visit.words.office.photos.openTitled(position + 1)}"
            >${visit.words.office.photos.open}</a>
        </li>`,
    )}
  </ul>`;
}

/** What was done or added: who, when, and the words the reporter reads. */
export function wordEntry(visit: Visit, names: Directory, word: ReportWord): Html {
  const words = visit.words.office.inbox;
  const who = word.saidBy === null ? "" : (names.officers.get(word.saidBy)?.name ?? "");
  return html`<li>
    <b>${words.words[word.kind]}</b> ${who}
    ${instantWords(visit, word.saidAt)}${word.referredTo === "" ? "" : html`<br>${words.referredTo(word.referredTo)}`}
    ${word.category === null ? "" : html`<br>${categoryWords(visit, names, word.category)}`}
    ${word.text === "" ? "" : html`<p class="office-words">${word.text}</p>`}
  </li>`;
}
