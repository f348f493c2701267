import { lampOf, type Problem } from "#ledger/problem";
import { dayOf } from "#platform/instant";
import type { Town } from "#platform/town";
import { findProblems } from "#office/queries";
import type { Directory } from "#publication/directory";
import { html, type Html } from "#doors/web/html";
import { lampMark } from "#doors/web/ui/lamp";
import { whereWords } from "#doors/web/ui/where";
import type { Visit } from "#doors/web/visit";

/** A problem that may be the same, with its text: the officer decides, the machine only shows. */
export function candidateChoice(visit: Visit, names: Directory, problem: Problem, chosen: boolean): Html {
  const where = whereWords(visit, names, problem);
  return html`<label class="office-candidate">
    <input class="form-check-input" type="radio" name="problem" value="${problem.id}" ${chosen ? html`checked` : ""}>
    <span class="office-candidate-text">
      <span><b>${problem.number}</b> ${problem.title}</span>
      ${problem.details === "" ? "" : html`<span>${problem.details}</span>`}
      <span>
        <small>${where}${where === null ? "" : " · "}${visit.words.office.inbox.reportsJoined(problem.reportCount)}</small>
        ${lampMark(visit, lampOf(problem, dayOf(visit.at)))}
      </span>
    </span>
  </label>`;
}

/** The problems behind candidates, in the order of likeness. */
export async function withText(town: Town, candidates: readonly { readonly id: string }[]): Promise<readonly Problem[]> {
  const problems = await findProblems(
    town,
    candidates.map(({ id }) => id),
  );
  return candidates.flatMap(({ id }) => problems.get(id) ?? []);
}
