import { countNightSignIns } from "#people/count-night-sign-ins";
import { addDays, dayOf } from "#platform/instant";
import type { Directory } from "#publication/directory";
import { html, type Html } from "#doors/web/html";
import { instantWords } from "#doors/web/ui/day";
import type { Visit } from "#doors/web/visit";
import type { AdminLine } from "./admin-line.ts";
import { verifiedLine } from "./system-lines.ts";

/** Whether the log holds, and who came at night: each of these opens in the log. */
export async function auditorLines(visit: Visit, names: Directory): Promise<readonly AdminLine[]> {
  const words = visit.words.office.admin;
  const nights = await countNightSignIns(visit.town, visit.at);
  const from = addDays(dayOf(visit.at), -7);
  return [
    await verifiedLine(visit),
    ...nights.map(({ officer, times, lastAt }): AdminLine => ({
      href: `/office/log?verb=officer.signed-in&officer=${officer}&from=${from}`,
      name: words.nightsOf(names.officers.get(officer)?.name ?? "—"),
      says: html`${words.times(times)} · ${instantWords(visit, lastAt)}`,
      light: "",
    })),
  ];
}

/** What an auditor asks the log again and again; each opens it as it was asked. */
const QUESTIONS = [
  ["looked", "identity.looked-at"],
  ["called", "identity.called"],
  ["searched", "identity.searched"],
  ["failed", "officer.sign-in-failed"],
  ["locked", "officer.locked-out"],
  ["granted", "duty.granted"],
  ["policy", "policy.changed"],
  ["exported", "log.exported"],
] as const;

export function questions(visit: Visit): Html {
  const words = visit.words.office.admin;
  return html`<section class="card office-panel" aria-labelledby="admin-questions">
    <h2 id="admin-questions">${words.questionsTitle}</h2>
    <ul>
      ${QUESTIONS.map(
        ([name, verb]) =>
          html`<li>
            <a href="/office/log?verb=${verb}">${words.questions[name]}</a>
          </li>`,
      )}
    </ul>
  </section>`;
}
