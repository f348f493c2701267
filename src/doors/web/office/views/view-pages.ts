import { forgetView } from "#office/forget-view";
import { findView, type ListView, type ViewedList } from "#office/list-views";
import { SaveView, saveView } from "#office/save-view";
import { isId } from "#platform/ids";
import { notFoundPage } from "#doors/web/error-pages";
import { parse } from "#doors/web/form";
import type { Drawn } from "#doors/web/form/drawn";
import { readAs, sendForm } from "#doors/web/form/send-form";
import { signedIn } from "#doors/web/office/officer-form";
import { route } from "#doors/web/route";
import type { Visit } from "#doors/web/visit";

export const viewRoutes = [
  route("GET /office/views/:view", { who: "see-problems", kind: "page" }, openView),
  route("POST /office/views/:view/forget", { who: "see-problems", kind: "act" }, sendForget),
];

/** Keeps the list that was open under a name, and opens it there; `back` draws it again with what is wrong. */
export function sendView(visit: Visit, list: ViewedList, back: (drawn: Drawn) => Promise<Response>): Promise<Response> {
  const by = signedIn(visit);
  return sendForm(visit, {
    purpose: "view.save",
    read: ({ typed }) =>
      readAs(parse(visit, SaveView, { list, name: typed["name"], query: queryTyped(typed["query"]) }), async (town, what) => {
        const view = await saveView(town, by, visit.at, what);
        return `/office/views/${view}`;
      }),
    back,
  });
}

/** The view that an address names; null when it names none. */
export async function viewNamed(visit: Visit, view: string | undefined): Promise<ListView | null> {
  return view === undefined || !isId(view) ? null : findView(visit.town, view);
}

/** What an address may ask for, of what was sent: nothing else is led to. */
export function queryTyped(said: string | undefined): string {
  return new URLSearchParams((said ?? "").slice(0, 2000)).toString();
}

/** Opens a view as it was kept, for whoever has its address; the list says who may see it. */
async function openView(visit: Visit, asked: { readonly view: string }): Promise<Response> {
  const view = await findView(visit.town, asked.view);
  if (view === null) return notFoundPage(visit);
  const query = new URLSearchParams(view.query);
  query.set("view", view.id);
  return visit.context.redirect(`/office/${view.list}?${query.toString()}`, 303);
}

async function sendForget(visit: Visit, asked: { readonly view: string }): Promise<Response> {
  const list = (await findView(visit.town, asked.view))?.list ?? "ledger";
  await forgetView(visit.town, signedIn(visit), visit.at, asked);
  return visit.context.redirect(`/office/${list}`, 303);
}
