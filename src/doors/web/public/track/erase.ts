import { RESIDENT } from "#audit/append-event";
import { eraseIdentity } from "#vault/erase-identity";
import { OPEN_PAGE } from "#doors/web/access";
import { formKey, readForm } from "#doors/web/form";
import { FRESH, type Drawn } from "#doors/web/form/drawn";
import { sendForm } from "#doors/web/form/send-form";
import { html } from "#doors/web/html";
import { route } from "#doors/web/route";
import { faultSummary } from "#doors/web/ui/field";
import { publicPage } from "#doors/web/ui/layout";
import type { Visit } from "#doors/web/visit";
import { ABOUT_ME } from "./about-me.ts";
import { expiredPage } from "./code-page.ts";
import { openedStory } from "./story-cookie.ts";

const ERASE = `${ABOUT_ME}/erase` as const;

/** Having one's identity erased, after a page that says that it is for good. */
export const eraseRoutes = [
  route(`GET ${ERASE}`, OPEN_PAGE, async (visit) =>
    (await openedStory(visit)) === null ? visit.context.redirect("/track?expired=1", 303) : erasePage(visit, FRESH),
  ),
  route(`POST ${ERASE}`, { who: "anyone", kind: "story" }, async (visit) => {
    const report = await openedStory(visit);
    return report === null ? expiredPage(visit, null, (await readForm(visit)).typed) : erase(visit, report);
  }),
];

function erase(visit: Visit, report: string): Promise<Response> {
  return sendForm(visit, {
    purpose: "erase-identity",
    beside: "form",
    read: () => ({
      async act(town) {
        await eraseIdentity(town, RESIDENT, visit.at, { report, because: "asked" });
        return `${ABOUT_ME}?done=erased`;
      },
    }),
    back: (drawn) => erasePage(visit, drawn),
  });
}

async function erasePage(visit: Visit, { faults, status, key }: Drawn): Promise<Response> {
  const words = visit.words.report.story.aboutMe;
  visit.context.header("cache-control", "no-store");
  return publicPage(visit, await visit.names(), {
    title: words.eraseTitle,
    at: "track",
    status,
    faulty: Object.keys(faults).length > 0,
    body: html`<div class="narrow question">
      <p class="back">
        <a href="${ABOUT_ME}">← ${visit.words.common.back}</a>
      </p>
      ${faultSummary(visit, faults)}
      <h1>${words.eraseTitle}</h1>
      <p class="lead">${words.eraseLead}</p>
      <form method="post" action="${ERASE}" id="f-form" tabindex="-1">
        ${formKey(key)}
        <div class="ways">
          <button class="btn btn-primary btn-lg" type="submit">${words.erase}</button>
          <a class="btn btn-lg" href="${ABOUT_ME}">${words.keep}</a>
        </div>
      </form>
    </div>`,
  });
}
