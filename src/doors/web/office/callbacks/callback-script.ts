import { dayOf } from "#platform/instant";
import { html, type Html } from "#doors/web/html";
import { signedIn } from "#doors/web/office/officer-form";
import { dayText, instantWords, shortDay } from "#doors/web/ui/day";
import { nameOf } from "#doors/web/visit";
import type { CallBackView } from "./callback-form.ts";

/** What is read to the reporter as it stands: who asks, what they said, what was done, the question. */
export function scriptPanel(view: CallBackView): Html {
  const { visit, names, desk, report } = view;
  const words = visit.words.office.callbacks;
  const by = signedIn(visit);
  const unit = nameOf(visit, names.units.get(by.unit));
  const reported =
    report === null
      ? html`<b>${desk.standing.problem.title}</b>`
      : html`${words.reported(dayText(visit, dayOf(report.receivedAt)), words.how[report.channel])}<b>${report.title}</b>`;
  return html`<div class="call-read" role="group" aria-label="${words.script}">
    <p>${words.greet(nameOf(visit, names.town), unit, by.name)}${reported}</p>
    <p>${doneWords(view)}</p>
    <p>${words.haveYouSeen}<b>${words.isItSolved}</b></p>
  </div>`;
}

function doneWords({ visit, names, desk }: CallBackView): Html {
  const words = visit.words.office.callbacks;
  const { problem } = desk.standing;
  const unitOf = (id: string | null) => nameOf(visit, id === null ? undefined : names.units.get(id));
  const { rectification } = desk;
  const done =
    rectification === null
      ? ""
      : html`${words.saysDone(unitOf(problem.unit), dayText(visit, dayOf(rectification.declaredAt)))}
          <b>${rectification.done}</b><br>`;
  const { manner, checkedBy, checkedAt, finding } = desk.check;
  const verifier = unitOf(names.officers.get(checkedBy)?.unit ?? null);
  return html`${done}${words.lookedAt[manner](verifier, dayText(visit, dayOf(checkedAt)))}${finding}`;
}

/** The latest picture of before and of after, side by side. */
export function picturesPanel({ visit, desk }: CallBackView): Html {
  const words = visit.words.office.callbacks;
  const shown = desk.evidence.filter(({ redacted }) => !redacted);
  const plates = (["before", "after"] as const).flatMap((stage) => {
    const photo = shown.findLast((one) => one.stage === stage);
    return photo === undefined ? [] : [{ stage, photo }];
  });
  if (plates.length === 0) return html`<p class="hint">${words.noPhotos}</p>`;
  return html`<div class="call-pair">
    ${plates.map(
      ({ stage, photo }) =>
        html`<figure>
          <a href="/files/${photo.shownSha256}" target="_blank" rel="noopener">
            <img src="/files/${photo.thumbnailSha256 ?? photo.shownSha256}" alt="${words[stage]} ${photo.caption}">
          </a>
          <figcaption><b>${words[stage]}</b> · ${shortDay(visit, dayOf(photo.addedAt))}</figcaption>
        </figure>`,
    )}
  </div>`;
}

/** How often nobody answered: by whom, when, how. */
export function triesPanel({ visit, names, desk }: CallBackView): Html {
  const words = visit.words.office.callbacks;
  const { attempts } = desk.question;
  if (attempts.length === 0) return html`<p class="hint">${words.noTries}</p>`;
  return html`<h3 class="visually-hidden">${words.tries}</h3>
    <dl class="office-facts">
    ${attempts.map(
      ({ manner, by, at }, position) =>
        html`<dt>${words.nth(position + 1)}</dt>
          <dd>
            ${instantWords(visit, at)} <b>${words.noAnswer[manner]}</b>
            <span class="hint">${names.officers.get(by)?.name ?? "—"}</span>
          </dd>`,
    )}
  </dl>`;
}
