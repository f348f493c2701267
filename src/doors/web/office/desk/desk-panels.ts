import { isInvolved } from "#ledger/involvement";
import { isSilent } from "#verification/gate";
import type { Flag } from "#verification/flag";
import type { ProblemDesk } from "#office/desk";
import type { Verb } from "#proof/all-events";
import type { Question } from "#verification/round";
import type { Directory } from "#publication/directory";
import { hasDuty, type Officer } from "#people/officer";
import { dayOf } from "#platform/instant";
import { html, type Html } from "#doors/web/html";
import { dayText, dayWords, instantWords } from "#doors/web/ui/day";
import { channelName } from "#doors/web/ui/told";
import { flagEntry } from "#doors/web/ui/flags";
import type { Visit } from "#doors/web/visit";
import { cameraWords, type Weighed } from "./weighed.ts";

/** What the intake desk passed on of what reporters added, latest first; not whose it is. */
export function supplementsPanel(visit: Visit, { events }: ProblemDesk): Html {
  const words = visit.words.desk;
  const passed = events.flatMap(({ verb, at, words: { text } }) => (verb === SUPPLEMENTED && text !== undefined ? [{ at, text }] : []));
  if (passed.length === 0) return html``;
  const entry = ({ at, text }: (typeof passed)[number]) =>
    html`<dt>${instantWords(visit, at)}</dt>
      <dd class="office-words">${text}</dd>`;
  return card(
    words.supplements,
    html`<dl class="asked">${passed.map(entry)}</dl>
      <p class="hint">${words.supplementsNote}</p>`,
  );
}

const SUPPLEMENTED: Verb = "problem.supplemented";

/** What each reporter said when asked; silence is shown as silence, and whoever cannot be asked as somebody who cannot be. */
export function questionsPanel(visit: Visit, names: Directory, desk: ProblemDesk): Html {
  const { questions, unreachable } = desk.round;
  const asked = new Set(questions.map(({ report }) => report));
  const never = unreachable.filter((report) => !asked.has(report)).length;
  if (questions.length === 0 && never === 0) return html``;
  return card(
    visit.words.desk.questions,
    html`<ul class="answers">
        ${questions.map((question) => html`<li>${answerWords(visit, names, question)}</li>`)}
      </ul>
      ${never === 0 ? "" : html`<p class="hint">${visit.words.desk.unreachable(never)}</p>`}`,
  );
}

function answerWords(visit: Visit, names: Directory, question: Question): Html {
  const words = visit.words.desk;
  const { answer } = question;
  if (question.withdrawn) return html`${words.withdrawn}`;
  if (answer === null) return html`${unansweredWords(visit, question)}`;
  const { recorded } = answer;
  const by = recorded === null ? null : words.recordedBy(words.manners[recorded.manner], names.officers.get(recorded.by)?.name ?? "—");
  return html`<b>${answer.solved ? words.solved : words.notSolved}</b>${answer.why === "" ? "" : html` — ${answer.why}`}
    ${by === null ? "" : html`<br><span class="hint">${by}</span>`}
    ${question.overruling === null ? "" : html`<br>${words.overruled}：${question.overruling.reason}`}`;
}

function unansweredWords(visit: Visit, question: Question): string {
  const words = visit.words.desk;
  if (!question.reachable) return words.unreachableNow;
  const said = isSilent(question, visit.at) ? words.silent : words.waitingUntil(dayText(visit, dayOf(question.openUntil)));
  return question.attempts.length === 0 ? said : words.tried(said, question.attempts.length);
}

/** The photos as everybody sees them; beside them, for whoever may verify, when and how far away the camera took them. */
export function photosPanel(visit: Visit, officer: Officer, desk: ProblemDesk, weighed: Weighed | null): Html {
  const words = visit.words.desk;
  const shown = desk.evidence.filter(({ redacted }) => !redacted);
  const { problem } = desk.standing;
  const papers = html`<p><a href="/office/ledger/${problem.number}/papers">${visit.words.office.papers.title}</a></p>`;
  if (shown.length === 0) return card(words.photos, html`<p class="hint">${words.noPhotos}</p>${papers}`);
  const mayCover = hasDuty(officer, "clerk", "office") && !isInvolved(desk.standing, officer);
  const one = (photo: ProblemDesk["evidence"][number], position: number) => {
    const cover = html`<a
      href="/office/photos/${photo.sha256}?from=/office/ledger/${problem.number}"
      aria-label="${visit.words.office.photos.openTitled(position + 1)}"
      >${visit.words.office.photos.open}</a>`;
    return html`<li>
      <a href="/files/${photo.shownSha256}">
        <img
          src="/files/${photo.thumbnailSha256 ?? photo.shownSha256}"
          alt="${words.stage[photo.stage]} ${photo.caption}"
          width="160"
          height="120"
          loading="lazy"
        >
      </a>
      <span>${words.stage[photo.stage]} · ${dayWords(visit, dayOf(photo.addedAt))}</span>
      ${cameraWords(visit, weighed, photo.sha256)}
      ${mayCover ? cover : ""}
    </li>`;
  };
  return card(
    words.photos,
    html`<ul class="photo-row">
      ${shown.map(one)}
    </ul>
    ${papers}`,
  );
}

/** Reasons to look at it again; each leads to its page, where a verifier decides it. */
export function flagsPanel(visit: Visit, names: Directory, flags: readonly Flag[]): Html {
  if (flags.length === 0) return html``;
  const words = visit.words.flags;
  const one = (flag: Flag) =>
    flagEntry(
      visit,
      names,
      flag,
      html`<p>
        <a class="btn" href="/office/flags/${flag.id}">${flag.state === "open" ? words.look : words.find}</a>
      </p>`,
    );
  return card(
    words.title,
    html`<p class="hint">${words.lead}</p>
      ${flags.map(one)}`,
  );
}

/** The reports a problem answers: by door and day for everybody, with a way to their words for those who triage. */
export function reportsPanel(visit: Visit, officer: Officer, desk: ProblemDesk): Html {
  const words = visit.words.desk;
  if (desk.reports.length === 0) return card(words.reports, html`<p class="hint">${words.noReports}</p>`);
  const open = hasDuty(officer, "clerk", "office");
  const line = (report: ProblemDesk["reports"][number]) => {
    const label = html`${channelName(visit, report.channel)} · ${instantWords(visit, report.joinedAt)}`;
    return html`<li>
      ${open ? html`<a href="/office/inbox/${report.report}">${label}</a>` : label} ${report.withdrawn ? html` · ${words.withdrawn}` : ""}
    </li>`;
  };
  return card(
    words.reports,
    html`<ul class="reports">
        ${desk.reports.map(line)}
      </ul>
      <p class="hint">${words.reportsNote}</p>`,
  );
}

export function card(title: string, content: Html): Html {
  return html`<section class="card mb-3">
    <div class="card-body">
      <h2 class="card-name">${title}</h2>
      ${content}
    </div>
  </section>`;
}
