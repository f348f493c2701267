import { html } from "#doors/web/html";
import { officeHead, officePage } from "#doors/web/ui/office";
import type { Visit } from "#doors/web/visit";

/** Whose temporary password it is half of: said in one answer and kept nowhere. */
export type ShownOnce = { readonly id: string; readonly name: string; readonly login: string; readonly half: string };

/** Half of a temporary password, shown once to the administrator who asked for it (`first`) or granted it (`second`). */
export async function halfShown(visit: Visit, half: "first" | "second", of: ShownOnce): Promise<Response> {
  const words = visit.words.people.officers;
  const title = words.halfFor[half](of.name);
  const body = html`${officeHead(title, words.halfHint[half])}
    <div class="office-code">
      <span>${words.login} ${of.login}</span>
      <b>${of.half}</b>
    </div>
    <p>
      <a class="btn btn-primary" href="/office/people/${of.id}">${words.account} ${of.name}</a>
    </p>`;
  return officePage(visit, await visit.names(), { title, body, at: "people" });
}
