import { html } from "#doors/web/html";
import { officeHead, officePage } from "#doors/web/ui/office";
import type { Visit } from "#doors/web/visit";

/** Whose password was made, and what it is: said in one answer and kept nowhere. */
export type ShownOnce = { readonly id: string; readonly name: string; readonly login: string; readonly password: string };

/** A temporary password, shown once to whoever made it. */
export async function passwordShown(visit: Visit, of: ShownOnce): Promise<Response> {
  const words = visit.words.people.officers;
  const title = words.temporaryFor(of.name);
  const body = html`${officeHead(title, words.temporaryHint)}
    <div class="office-code">
      <span>${words.login} ${of.login}</span>
      <b>${of.password}</b>
    </div>
    <p>
      <a class="btn btn-primary" href="/office/people/${of.id}">${words.account} ${of.name}</a>
    </p>`;
  return officePage(visit, await visit.names(), { title, body, at: "people" });
}
