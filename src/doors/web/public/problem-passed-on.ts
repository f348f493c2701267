import { lampOf, type Problem } from "#ledger/problem";
import { shortened } from "#platform/characters";
import type { Day } from "#platform/instant";
import type { Directory } from "#publication/directory";
import { leadersText, measuresText } from "#doors/web/ui/entry";
import { lampWords } from "#doors/web/ui/lamp";
import type { PassedOn } from "#doors/web/ui/passed-on";
import { nameOf, type Visit } from "#doors/web/visit";

/** What a chat shows of a description. */
const LONGEST_PART = 60;

/** An entry passed on: its sentence, what will be done, who does it, how many days are left, and a card of where it stands. */
export function problemPassedOn(visit: Visit, names: Directory, problem: Problem, today: Day): PassedOn {
  const unit = problem.unit === null ? "" : nameOf(visit, names.units.get(problem.unit));
  const who = [leadersText(visit, names, problem), unit].filter((part) => part !== "").join(" ");
  return {
    path: `/ledger/${problem.number}`,
    title: problem.title,
    description: [shortened(measuresText(visit, problem), LONGEST_PART), who, lampWords(visit, lampOf(problem, today))].join(" · "),
    card: `card-${problem.status}.png`,
  };
}
