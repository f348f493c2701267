import type { Directory } from "#publication/directory";
import type { Question, Recorded } from "#verification/round";
import { formKey } from "#doors/web/form";
import { html, type Html } from "#doors/web/html";
import { dayText, instantWords } from "#doors/web/ui/day";
import { lastDayOf } from "#doors/web/public/way";
import { paragraphField, type Faults, type Typed } from "#doors/web/ui/field";
import { nameOf, type Visit } from "#doors/web/visit";
import { openQuestion, type ReportStory } from "./report-story.ts";
import type { StoryParts } from "./story-parts.ts";
import { whatWasDone } from "./what-was-done.ts";

/** The open question with its form; nothing when none is asked now. */
export function questionForm(visit: Visit, story: ReportStory, { typed, faults, key }: StoryParts): Html {
  const words = visit.words.report.story.question;
  const open = openQuestion(story, visit.at);
  if (open === null) return html``;
  return html`<section class="ask" aria-labelledby="ask-title">
    <h2 id="ask-title">${words.title}</h2>
    ${whatWasDone(visit, story.told)}
    <p>${open.answer === null ? words.lead : words.replaces}</p>
    <p class="hint">${words.until(dayText(visit, lastDayOf(open.openUntil)))}</p>
    <form method="post" action="/track/story/answer" novalidate>
      ${formKey(key)}
      <input type="hidden" name="question" value="${open.id}">
      ${yesNo("solved", words.solved, [words.yes, words.no], typed, faults)}
      ${yesNo("satisfied", words.satisfied, [words.satisfiedYes, words.satisfiedNo], typed, faults)}
      ${paragraphField(visit, { name: "why", label: words.why, hint: words.whyHint, typed, faults, required: false, rows: 3 })}
      <button class="btn btn-primary btn-lg" type="submit">${words.send}</button>
    </form>
  </section>`;
}

function yesNo(name: string, label: string, says: readonly [string, string], typed: Typed, faults: Faults): Html {
  const fault = faults[name];
  const choice = (value: "yes" | "no", words: string) =>
    html`<label class="form-check choice">
      <input
        class="form-check-input"
        type="radio"
        name="${name}"
        value="${value}"
        id="f-${name}${value === "yes" ? "" : "-no"}"
        ${typed[name] === value ? html`checked` : ""}
      >
      <span class="form-check-label">${words}</span>
    </label>`;
  return html`<fieldset class="field" ${fault === undefined ? "" : html`aria-describedby="e-${name}"`}>
    <legend class="form-label">${label}</legend>
    ${fault === undefined ? "" : html`<div class="fault" id="e-${name}">${fault}</div>`}
    <div class="choices two">${choice("yes", says[0])}${choice("no", says[1])}</div>
  </fieldset>`;
}

/** What this reporter answered, and what the town said to a "no" it overruled. */
export function answersGiven(visit: Visit, names: Directory, questions: readonly Question[]): Html {
  const words = visit.words.report.story.question;
  const given = questions.flatMap(({ answer, overruling }) => (answer === null ? [] : [{ answer, overruling }]));
  if (given.length === 0) return html``;
  const shown = given.map(({ answer, overruling }) => {
    const { recorded } = answer;
    const satisfied = answer.satisfied === null ? "" : ` · ${answer.satisfied ? words.satisfiedYes : words.satisfiedNo}`;
    return html`<li>
      <p class="when">${instantWords(visit, answer.answeredAt)} · <b>${answer.solved ? words.yes : words.no}</b>${satisfied}</p>
      ${recorded === null ? "" : html`<p class="hint">${recordedWords(visit, names, recorded)}</p>`}
      ${answer.why === "" ? "" : html`<p class="as-typed">${answer.why}</p>`}
      ${overruling === null ? "" : html`<p><b>${words.overruled}</b> ${overruling.reason}</p>`}
    </li>`;
  });
  return html`<section>
    <h2>${words.answered}</h2>
    <ol class="words">
      ${shown}
    </ol>
  </section>`;
}

/** By the unit that the officer who wrote it down is of, never by name. */
function recordedWords(visit: Visit, names: Directory, { manner, by }: Recorded): string {
  const unit = names.units.get(names.officers.get(by)?.unit ?? "");
  return visit.words.events.recorded[manner](unit === undefined ? visit.words.events.theTown : nameOf(visit, unit));
}
