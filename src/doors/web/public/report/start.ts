import { OPEN_PAGE } from "#doors/web/access";
import { html } from "#doors/web/html";
import { readForm } from "#doors/web/form";
import { route } from "#doors/web/route";
import type { Visit } from "#doors/web/visit";
import { draftOf, forgetDraft } from "./draft.ts";
import { stepPage } from "./frame.ts";

/** The way in: straight to the first question, or the choice to go on with what was begun. */
export const startRoutes = [
  route("GET /report", OPEN_PAGE, async (visit) => {
    const draft = await draftOf(visit);
    return draft.id === null ? visit.context.redirect("/report/what", 303) : resumePage(visit);
  }),
  route("POST /report", { who: "anyone", kind: "draft" }, async (visit) => {
    const { typed } = await readForm(visit);
    if (typed["go"] !== "restart") return visit.context.redirect("/report/check", 303);
    await forgetDraft(visit, await draftOf(visit));
    return visit.context.redirect("/report/what", 303);
  }),
];

async function resumePage(visit: Visit): Promise<Response> {
  const names = await visit.names();
  const words = visit.words.report.start;
  const body = html`<p class="lead">${words.hint}</p>
    <draft-keeper data-name="report" data-clear-on="restart">
      <form method="post" action="/report">
        <div class="ways">
          <button class="btn btn-primary btn-lg" type="submit" name="go" value="on">${words.go}</button>
          <button class="btn btn-lg" type="submit" name="go" value="restart">${words.restart}</button>
        </div>
      </form>
    </draft-keeper>`;
  return stepPage(visit, names, { step: null, title: words.title, back: "/", faults: {}, status: 200, body });
}
