import { countSealed } from "#intake/sealed-reports";
import { ENOUGH } from "#office/tasks";
import type { Directory } from "#publication/directory";
import { html, type Html } from "#doors/web/html";
import { countWords, isAnyReceiver } from "#doors/web/ui/office";
import type { Visit } from "#doors/web/visit";

/** On a receiver's first page: how many wait, how many are late or have no day yet. Empty where nothing waits, and for everybody else. */
export async function sealedNote(visit: Visit, names: Directory): Promise<Html> {
  if (visit.officer === null || !isAnyReceiver(visit, names)) return html``;
  const { waiting, late, undated } = await countSealed(visit.town, visit.officer, visit.at, ENOUGH);
  if (waiting === 0) return html``;
  const words = visit.words.sealed.today;
  const more = [...(late === 0 ? [] : [words.late(late)]), ...(undated === 0 ? [] : [words.undated(undated)])];
  return html`<p class="alert ${late === 0 ? "alert-info" : "alert-warning"}" role="status">
    <a href="/office/sealed">${words.waiting(countWords(waiting))}</a>${more.map((one) => html` · ${one}`)}
  </p>`;
}
