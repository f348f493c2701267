import { z } from "zod";
import { findCandidates, type Candidate } from "#intake/candidates";
import { lampOf, type Problem } from "#ledger/problem";
import { dayOf } from "#platform/instant";
import { isWholePosition, latitude, longitude } from "#platform/numbers";
import { optionalId } from "#platform/text";
import type { Town } from "#platform/town";
import { findProblems } from "#office/queries";
import type { Directory } from "#publication/directory";
import { html, type Html } from "#doors/web/html";
import type { Typed } from "#doors/web/ui/field";
import { lampMark } from "#doors/web/ui/lamp";
import { whereWords } from "#doors/web/ui/where";
import { villageNamedIn, whyAlike } from "#doors/web/ui/why-alike";
import type { Visit } from "#doors/web/visit";

/** A problem that may be the same, with its text and why it is shown. */
export type Alike = { readonly problem: Problem; readonly candidate: Candidate };

/** To be chosen: the officer decides, the machine only shows. Its number opens it beside the form. */
export function candidateChoice(visit: Visit, names: Directory, { problem, candidate }: Alike, chosen: boolean): Html {
  return html`<label class="office-candidate">
    <input class="form-check-input" type="radio" name="problem" value="${problem.id}" ${chosen ? html`checked` : ""}>
    ${candidateText(visit, names, { problem, candidate })}
  </label>`;
}

/** To be gone on with: where the words of a form are still being found, a link leads to the form that joins what is meant. */
export function candidateWay(visit: Visit, names: Directory, { problem, candidate }: Alike, href: string): Html {
  const { join } = visit.words.office.inbox.acts;
  return html`<div class="office-candidate">
    ${candidateText(visit, names, { problem, candidate })}
    <a class="btn" href="${href}" aria-label="${join} ${problem.number}">${join}</a>
  </div>`;
}

function candidateText(visit: Visit, names: Directory, { problem, candidate }: Alike): Html {
  const where = whereWords(visit, names, problem);
  return html`<span class="office-candidate-text">
    <span>
      <a href="/office/ledger/${problem.number}" target="_blank">${problem.number}</a>
      ${problem.title}
    </span>
    ${problem.details === "" ? "" : html`<span>${problem.details}</span>`}
    <span class="office-candidate-why">${whyAlike(visit, names, candidate)}</span>
    <span>
      <small>${where}${where === null ? "" : " · "}${visit.words.office.inbox.reportsJoined(problem.reportCount)}</small>
      ${lampMark(visit, lampOf(problem, dayOf(visit.at)))}
    </span>
  </span>`;
}

/** The problems behind candidates, in the order of likeness; null where it took too long to look. */
export async function withText(town: Town, candidates: readonly Candidate[] | null): Promise<readonly Alike[] | null> {
  if (candidates === null) return null;
  const problems = await findProblems(
    town,
    candidates.map(({ id }) => id),
  );
  return candidates.flatMap((candidate) => {
    const problem = problems.get(candidate.id);
    return problem === undefined ? [] : [{ problem, candidate }];
  });
}

/** What may be the same as what stands in a form now; a village that is only named in the words counts as said. */
export async function alikeAsTyped({ town, names }: Visit, typed: Typed): Promise<readonly Alike[] | null> {
  const { title = "", details = "", place = "" } = typed;
  const text = `${title} ${details} ${place}`;
  const village = optionalId.safeParse(typed["village"]).data ?? villageNamedIn(await names(), text);
  const position = Position.safeParse(typed);
  const { lon, lat } = position.success ? position.data : NOWHERE;
  return withText(town, await findCandidates(town, { village, lon, lat, text }));
}

const Position = z.object({ lon: longitude, lat: latitude }).refine(isWholePosition);
const NOWHERE = { lon: null, lat: null };
