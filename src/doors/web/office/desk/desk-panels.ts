import { isOpen, isSilent } from "#verification/gate";
import type { ProblemDesk } from "#verification/desk";
import type { Directory } from "#publication/directory";
import { hasDuty, type Officer } from "#people/officer";
import { dayOf } from "#platform/instant";
import { html, type Html } from "#doors/web/html";
import { dayText, dayWords, instantWords } from "#doors/web/ui/day";
import { channelName } from "#doors/web/ui/told";
import type { Visit } from "#doors/web/visit";

/** What was asked for and waits for a decision, in full: whoever decides reads it here. */
export function askedPanel(visit: Visit, names: Directory, desk: ProblemDesk): Html {
  const words = visit.words.desk;
  const by = (id: string) => names.officers.get(id)?.name ?? "—";
  const waiting = [
    ...desk.extensions
      .filter(({ decision }) => decision === null)
      .map(
        (asked) =>
          html`<dt>${words.commands["ask-extension"].name} · ${by(asked.askedBy)}</dt><dd>${dayWords(visit, asked.fromDueOn)} → ${dayWords(visit, asked.newDueOn)}<br>${asked.reason}</dd>`,
      ),
    ...desk.suspensions
      .filter(({ decision }) => decision === null)
      .map(
        (asked) =>
          html`<dt>${words.commands["ask-suspension"].name} · ${by(asked.askedBy)}</dt><dd>${words.fields.resumeOn} ${dayWords(visit, asked.resumeOn)}<br>${asked.reason}</dd>`,
      ),
    ...desk.dismissals
      .filter(({ decision }) => decision === null)
      .map(
        (asked) =>
          html`<dt>${words.commands["propose-dismissal"].name} · ${by(asked.proposedBy)}</dt><dd>${words.fields.grounds[asked.ground]}<br>${asked.reason}</dd>`,
      ),
    ...desk.round.objections
      .filter(isOpen)
      .map((objection) => html`<dt>${words.objection} · ${instantWords(visit, objection.raisedAt)}</dt><dd>${objection.reason}</dd>`),
  ];
  return waiting.length === 0 ? html`` : card(words.waiting, html`<dl class="asked">${waiting}</dl>`);
}

/** What each reporter said when asked; silence is shown as silence. */
export function questionsPanel(visit: Visit, desk: ProblemDesk): Html {
  const { questions } = desk.round;
  if (questions.length === 0) return html``;
  return card(
    visit.words.desk.questions,
    html`<ul class="answers">${questions.map((question) => html`<li>${answerWords(visit, question)}</li>`)}</ul>`,
  );
}

function answerWords(visit: Visit, question: ProblemDesk["round"]["questions"][number]): Html {
  const words = visit.words.desk;
  if (question.withdrawn) return html`${words.withdrawn}`;
  if (question.answer === null)
    return html`${isSilent(question, visit.at) ? words.silent : words.waitingUntil(dayText(visit, dayOf(question.openUntil)))}`;
  const said = question.answer.solved ? words.solved : words.notSolved;
  return html`<b>${said}</b>${question.answer.why === "" ? "" : html` — ${question.answer.why}`}${question.overruling === null ? "" : html`<br>${words.overruled}：${question.overruling.reason}`}`;
}

export function photosPanel(visit: Visit, desk: ProblemDesk): Html {
  const words = visit.words.desk;
  const shown = desk.evidence.filter(({ redacted }) => !redacted);
  if (shown.length === 0) return card(words.photos, html`<p class="hint">${words.noPhotos}</p>`);
  return card(
    words.photos,
    html`<ul class="photo-row">${shown.map((photo) => html`<li><a href="/files/${photo.sha256}"><img src="/files/${photo.thumbnailSha256 ?? photo.sha256}" alt="${words.stage[photo.stage]} ${photo.caption}" width="160" height="120" loading="lazy"></a><span>${words.stage[photo.stage]} · ${dayWords(visit, dayOf(photo.addedAt))}</span></li>`)}</ul>`,
  );
}

/** The reports a problem answers: by door and day for everybody, with a way to their words for those who triage. */
export function reportsPanel(visit: Visit, officer: Officer, desk: ProblemDesk): Html {
  const words = visit.words.desk;
  if (desk.reports.length === 0) return card(words.reports, html`<p class="hint">${words.noReports}</p>`);
  const open = hasDuty(officer, "clerk", "office");
  const line = (report: ProblemDesk["reports"][number]) => {
    const label = html`${channelName(visit, report.channel)} · ${instantWords(visit, report.joinedAt)}`;
    return html`<li>${open ? html`<a href="/office/inbox/${report.report}">${label}</a>` : label}${report.withdrawn ? html` · ${words.withdrawn}` : ""}</li>`;
  };
  return card(words.reports, html`<ul class="reports">${desk.reports.map(line)}</ul><p class="hint">${words.reportsNote}</p>`);
}

/** Every event, newest first, as the office sees it: who, when, what was written. "Me too" is a number on the entry, not a line each. */
export function storyPanel(visit: Visit, names: Directory, desk: Pick<ProblemDesk, "events">): Html {
  const words = visit.words.desk;
  const told = desk.events.filter(({ verb }) => verb !== "problem.me-too");
  const who = (event: ProblemDesk["events"][number]) =>
    event.actor === null
      ? words.actors[event.actorKind === "system" ? "system" : "resident"]
      : (names.officers.get(event.actor)?.name ?? "—");
  return card(
    words.story,
    html`<ol class="timeline desk-story">${told.map((event) => html`<li><span class="desk-when">${instantWords(visit, event.at)} · ${who(event)}</span><b>${visit.words.events.titles[event.verb]}</b>${Object.values(event.words).map((text) => html`<p>${text}</p>`)}</li>`)}</ol>`,
  );
}

function card(title: string, content: Html): Html {
  return html`<section class="card mb-3"><div class="card-body"><h2 class="card-name">${title}</h2>${content}</div></section>`;
}
