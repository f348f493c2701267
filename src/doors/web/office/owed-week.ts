import type { Problem } from "#ledger/problem";
import { addDays, dayOf, type Day } from "#platform/instant";
import type { Directory } from "#publication/directory";
import { weekOf } from "#office/week";
import { listUnanswered, type Unanswered } from "#office/unanswered-reminders";
import { html, type Html } from "#doors/web/html";
import { dayWords, instantWords } from "#doors/web/ui/day";
import type { Visit } from "#doors/web/visit";

/** What a leader or handler owes this week by its days, and of it each leader; urging without progress stands first. */
export async function owedWeek(visit: Visit, names: Directory, work: readonly Problem[]): Promise<Html> {
  const words = visit.words.office.owed;
  const today = dayOf(visit.at);
  const until = weekOf(today).to;
  const urged = await listUnanswered(
    visit.town,
    work.map(({ id }) => id),
  );
  const owed = work.filter(({ dueOn }) => dueOn !== null && dueOn <= until);
  const byDay = Map.groupBy(owed, ({ dueOn }) => (dueOn === null || dueOn < today ? addDays(today, -1) : dueOn));
  const days = [...byDay].sort(([a], [b]) => a.localeCompare(b));
  if (owed.length === 0 && urged.size === 0) return html``;
  return html`<section class="card office-panel office-owed" aria-labelledby="owed">
    ${urgedList(visit, names, work, urged)}
    <h2 id="owed">${words.title} <small>${words.count(owed.length)}</small></h2>
    <p class="office-note">${perLeader(visit, names, owed)}</p>
    ${days.map(([day, those]) => dayPart(visit, day, today, those))}
  </section>`;
}

function urgedList(visit: Visit, names: Directory, work: readonly Problem[], urged: ReadonlyMap<string, Unanswered>): Html {
  if (urged.size === 0) return html``;
  const words = visit.words.office.owed;
  const lines = work.flatMap((problem) => {
    const one = urged.get(problem.id);
    return one === undefined ? [] : [{ problem, one }];
  });
  return html`<h2>${words.urged}</h2>
    <ul>
      ${lines.map(
        ({ problem, one }) =>
          html`<li>
            <a href="${actAddress(problem)}">${problem.number} ${problem.title}</a>
            <span class="office-under">
              ${names.officers.get(one.sentBy)?.name ?? "—"} ${instantWords(visit, one.sentAt)} · ${one.note}
            </span>
          </li>`,
      )}
    </ul>`;
}

/** The form in which work is told, open. */
function actAddress({ number }: Problem): string {
  return `/office/ledger/${number}?act=record-progress#act`;
}

function perLeader(visit: Visit, names: Directory, owed: readonly Problem[]): string {
  const counted = new Map<string, number>();
  for (const { leaders } of owed) for (const leader of leaders) counted.set(leader, (counted.get(leader) ?? 0) + 1);
  const said = [...counted].map(([leader, count]) => `${names.officers.get(leader)?.name ?? "—"} ${visit.words.office.owed.count(count)}`);
  return said.join(visit.words.common.comma);
}

function dayPart(visit: Visit, day: Day, today: Day, those: readonly Problem[]): Html {
  const words = visit.words.office.owed;
  return html`<h3>${day < today ? words.late : dayWords(visit, day)} <small>${words.count(those.length)}</small></h3>
    <ul>
      ${those.map(
        (problem) =>
          html`<li>
            <a href="${actAddress(problem)}">${problem.number} ${problem.title}</a>
          </li>`,
      )}
    </ul>`;
}
