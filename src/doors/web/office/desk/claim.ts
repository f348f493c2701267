import type { Evidence } from "#ledger/queries";
import { dayOf } from "#platform/instant";
import { html, type Html } from "#doors/web/html";
import { dayText } from "#doors/web/ui/day";
import { measuresList } from "#doors/web/ui/measures";
import type { DeskView } from "./desk-form.ts";
import { cameraWords } from "./weighed.ts";

/** What the responsible side says it has done, measure by measure, before beside after: the verifier has it right above the question. */
export function claimed(view: DeskView): Html {
  const { visit, desk } = view;
  const claim = desk.rectifications.at(-1);
  if (claim === undefined) return html``;
  return html`<div class="claimed">
    <b>${visit.words.desk.claimed}</b>
    <p class="office-words">${claim.done}</p>
    ${measuresList(visit, desk.standing.problem)}
    ${claim.undone === "" ? "" : html`<p class="office-words">${visit.words.events.undone(claim.undone)}</p>`}
    ${plates(view)}
  </div>`;
}

/** The last of before beside the last of after, with what their cameras wrote down. */
function plates(view: DeskView): Html {
  const shown = view.desk.evidence.filter(({ redacted }) => !redacted);
  const pair = (["before", "after"] as const).flatMap((stage) => shown.findLast((photo) => photo.stage === stage) ?? []);
  if (pair.length === 0) return html``;
  return html`<div class="plates">
    ${pair.map((photo) => plate(view, photo))}
  </div>`;
}

function plate({ visit, weighed }: DeskView, photo: Evidence): Html {
  const stage = visit.words.desk.stage[photo.stage];
  return html`<figure class="plate">
    <a href="/files/${photo.shownSha256}">
      <img src="/files/${photo.thumbnailSha256 ?? photo.shownSha256}" alt="${stage} ${photo.caption}" loading="lazy">
    </a>
    <figcaption>
      ${stage} · ${dayText(visit, dayOf(photo.addedAt))}<br>
      ${cameraWords(visit, weighed, photo.sha256)}
    </figcaption>
  </figure>`;
}
