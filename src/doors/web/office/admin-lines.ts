import { may } from "#people/capability";
import type { Directory } from "#publication/directory";
import { html, type Html } from "#doors/web/html";
import type { Visit } from "#doors/web/visit";
import { lineOf } from "./admin-line.ts";
import { auditorLines, questions } from "./auditor-lines.ts";
import { securityLines } from "./security-lines.ts";
import { systemLines } from "./system-lines.ts";

/** What needs the administrator, each line a way to do something about it; nobody sees what their duty may not know. */
export async function adminLines(visit: Visit, names: Directory): Promise<Html> {
  const { officer } = visit;
  if (officer === null) return html``;
  const words = visit.words.office.admin;
  const lines = [
    ...(may(officer, "keep-accounts") ? await systemLines(visit, names) : []),
    ...(may(officer, "keep-duties") ? await securityLines(visit, names) : []),
    ...(may(officer, "read-log") ? await auditorLines(visit, names) : []),
  ];
  const list = html`<section class="card office-panel" aria-labelledby="admin-lines">
    <h2 id="admin-lines">${words.title}</h2>
    <ul class="opening admin-lines">
      ${lines.map(lineOf)}
    </ul>
  </section>`;
  return html`${lines.length === 0 ? "" : list} ${may(officer, "read-log") ? questions(visit) : ""}`;
}
