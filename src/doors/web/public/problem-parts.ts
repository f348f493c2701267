import type { Directory } from "#publication/directory";
import type { Covering, PublicEvidence, Story } from "#publication/problem-story";
import { dayOf } from "#platform/instant";
import { html, type Html } from "#doors/web/html";
import { dayText, dayWords, shortDay } from "#doors/web/ui/day";
import { channelsText } from "#doors/web/ui/told";
import { whereWords } from "#doors/web/ui/where";
import { nameOf, type Visit } from "#doors/web/visit";

const STAGES = ["before", "during", "after"] as const;

/** Before and after, side by side; each picture leads to its full size. */
export function photosCard(visit: Visit, names: Directory, story: Story): Html | null {
  if (story.evidence.length + story.coverings.length === 0) return null;
  const words = visit.words.publicSide.problem;
  const inOrder = STAGES.flatMap((stage) => story.evidence.filter((photo) => photo.stage === stage));
  const waits = !inOrder.some((photo) => photo.stage === "after") && story.problem.status !== "dismissed";
  return html`<section class="card">
    <div class="card-body">
      <h2>${words.photos}</h2>
      ${inOrder.length === 0 ? "" : html`<ul class="photos">${inOrder.map((photo) => photoOf(visit, photo))}</ul>`}
      ${story.coverings.map((covering) => coveringOf(visit, names, covering))}
      ${waits ? html`<p class="mist">${words.noAfter}</p>` : ""}
    </div>
  </section>`;
}

/** What of the photos was covered, by which unit, on which day and why. */
function coveringOf(visit: Visit, names: Directory, { stage, at, unit, reason, isWhole }: Covering): Html {
  const words = visit.words.publicSide.problem;
  const what = isWhole ? words.photoWithdrawn : words.photoCovered;
  const by = nameOf(visit, names.units.get(unit));
  return html`<p class="mist">${what(words.stages[stage], by, dayText(visit, dayOf(at)))}${reason}</p>`;
}

/** The last of before beside the last of after. */
export function beforeAndAfter(visit: Visit, { evidence }: Pick<Story, "evidence">): Html {
  const pair = (["before", "after"] as const).flatMap((stage) => evidence.findLast((photo) => photo.stage === stage) ?? []);
  if (pair.length === 0) return html``;
  return html`<ul class="photos">
    ${pair.map((photo) => photoOf(visit, photo))}
  </ul>`;
}

function photoOf(visit: Visit, photo: PublicEvidence): Html {
  const words = visit.words.publicSide.problem;
  const day = dayOf(photo.addedAt);
  const stage = words.stages[photo.stage];
  const alt = photo.caption === "" ? words.photoAlt(stage, dayText(visit, day)) : photo.caption;
  return html`<li>
    <figure>
      <a href="/files/${photo.sha256}"><img src="/files/${photo.thumbnail ?? photo.sha256}" alt="${alt}" loading="lazy"></a>
      <figcaption>${words.photoOf(stage, dayText(visit, day))}${photo.caption === "" ? "" : html`<br>${photo.caption}`}</figcaption>
    </figure>
  </li>`;
}

/** How many answered and what; and how many did not, or not yet. */
function answersOf(visit: Visit, { asked, problem }: Story): Html {
  const words = visit.words.publicSide.problem;
  const said = words.answersOf(asked, problem.answeredCount, problem.solvedCount);
  const silent = asked - problem.answeredCount;
  if (silent <= 0) return html`${said}`;
  return html`${said}<br>
    <span class="mist">${problem.status === "verified" ? words.waiting(silent) : words.silence(silent)}</span>`;
}

/** The particulars beside the three answers. */
export function factsCard(visit: Visit, names: Directory, story: Story): Html {
  const { problem } = story;
  const words = visit.words.publicSide.problem;
  const due =
    problem.dueOn === null
      ? null
      : html`${dayWords(visit, problem.dueOn)}${
          problem.originalDueOn === null || problem.originalDueOn === problem.dueOn
            ? ""
            : html`<span class="mist">（${words.originally(dayText(visit, problem.originalDueOn))}）</span>`
        }`;
  const lookBacks = story.lookBacks.length === 0 ? null : html`${story.lookBacks.map((lookBack) => lookBackOf(visit, lookBack))}`;
  const facts: readonly (readonly [string, Html | string | null])[] = [
    [words.place, whereWords(visit, names, problem)],
    [words.due, due],
    [words.category, nameOf(visit, names.categories.get(problem.category))],
    [words.campaign, problem.campaign === null ? null : nameOf(visit, names.campaigns.get(problem.campaign))],
    [words.reports, story.reportsByChannel.length === 0 ? null : channelsText(visit, story.reportsByChannel, true)],
    [words.answers, story.asked === 0 ? null : answersOf(visit, story)],
    [words.lookBacks, lookBacks],
  ];
  return html`<section class="card">
    <div class="card-body">
      <h2>${words.details}</h2>
      ${problem.details === "" ? "" : html`<p class="told">${problem.details}</p>`}
      <dl class="facts">
        ${facts.map(([name, fact]) =>
          fact === null
            ? ""
            : html`<dt>${name}</dt>
                <dd>${fact}</dd>`,
        )}
      </dl>
    </div>
  </section>`;
}

function lookBackOf(visit: Visit, lookBack: Story["lookBacks"][number]): Html {
  const words = visit.words.publicSide.problem;
  const day = shortDay(visit, lookBack.dueOn);
  if (lookBack.outcome === null) return html`<span class="line">${day} ${words.lookBackDue}</span>`;
  return html`<span class="line">${day} ${lookBack.outcome === "held" ? words.lookBackHeld : words.lookBackRelapsed}</span>`;
}
