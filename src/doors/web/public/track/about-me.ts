import { isSealed } from "#audit/sealed-subjects";
import { CorrectIdentity, correctIdentity } from "#vault/correct-identity";
import { IDENTITY_FIELDS, type Identity } from "#vault/identity";
import { openIdentity } from "#vault/open-identity";
import { erasuresOf, looksAt, type Erasure, type LookTaken } from "#vault/queries";
import { leafOfEvent } from "#log/queries";
import type { Directory } from "#publication/directory";
import { OPEN_PAGE } from "#doors/web/access";
import { formKey, parse, readForm } from "#doors/web/form";
import type { Drawn } from "#doors/web/form/drawn";
import { readAs, sendForm, withFaults } from "#doors/web/form/send-form";
import { html, type Html } from "#doors/web/html";
import { faultsOfBytes } from "#doors/web/public/report/typed";
import { route } from "#doors/web/route";
import { instantWords } from "#doors/web/ui/day";
import { faultSummary, lineField, type Typed } from "#doors/web/ui/field";
import { publicPage } from "#doors/web/ui/layout";
import { nameOf, type Visit } from "#doors/web/visit";
import { doubtsOf, sureOfPhone } from "#doors/web/public/phone-doubt";
import { expiredPage } from "./code-page.ts";
import { openedStory } from "./story-cookie.ts";

export const ABOUT_ME = "/track/story/about-me";

/** What the town holds about whoever holds the receipt code: to see, to correct, to have erased at once (PIPL art. 45 to 47). */
export const aboutMeRoutes = [
  route(`GET ${ABOUT_ME}`, OPEN_PAGE, async (visit) => {
    const report = await openedStory(visit);
    return report === null ? visit.context.redirect("/track?expired=1", 303) : aboutMePage(visit, report, null);
  }),
  route(`POST ${ABOUT_ME}`, { who: "anyone", kind: "story" }, correct),
];

async function correct(visit: Visit): Promise<Response> {
  const report = await openedStory(visit);
  if (report === null) return expiredPage(visit, "about-me", (await readForm(visit)).typed);
  return sendForm(visit, {
    purpose: "correct-identity",
    beside: "name",
    read({ typed }) {
      const parsed = parse(visit, CorrectIdentity, { ...typed, report });
      const read = readAs(parsed, async (town, what) => {
        await correctIdentity(town, visit.at, what);
        return `${ABOUT_ME}?done=corrected`;
      });
      return withFaults(read, { ...doubtsOf(visit, parsed.value?.phone ?? "", typed), ...faultsOfBytes(visit, typed) });
    },
    back: (drawn) => aboutMePage(visit, report, drawn),
  });
}

export async function aboutMePage(visit: Visit, report: string, returned: Drawn | null): Promise<Response> {
  const [names, held, looks, erasures] = await Promise.all([
    visit.names(),
    openIdentity(visit.town, report),
    looksAt(visit.town, report),
    erasuresOf(visit.town, report),
  ]);
  const words = visit.words.report.story.aboutMe;
  const faults = returned?.faults ?? {};
  const told = await Promise.all(erasures.map((erasure) => erasureWords(visit, report, erasure)));
  visit.context.header("cache-control", "no-store");
  return publicPage(visit, names, {
    title: words.title,
    at: "track",
    status: returned?.status ?? 200,
    faulty: returned !== null,
    body: html`<div class="narrow question">
      <p class="back">
        <a href="/track/story">← ${visit.words.common.back}</a>
      </p>
      ${faultSummary(visit, faults)}
      ${doneWords(visit)}
      <h1>${words.title}</h1>
      <p class="lead">${held === null ? words.nothing : words.lead}</p>
      ${told}
      ${correctForm(visit, held, returned)}
      ${held === null ? "" : wayToErase(visit)}
      ${looksTaken(visit, names, looks)}
    </div>`,
  });
}

function doneWords(visit: Visit): Html {
  const words = visit.words.report.story.aboutMe;
  const done = visit.context.req.query("done");
  const said = done === "corrected" ? words.corrected : done === "erased" ? words.erased : null;
  return said === null ? html`` : html`<div class="alert alert-success" role="status">${said}</div>`;
}

function correctForm(visit: Visit, held: Identity | null, returned: Drawn | null): Html {
  const words = visit.words.report.story.aboutMe;
  const labels = visit.words.common.identity;
  const typed: Typed = returned?.typed ?? { ...held };
  const fields = IDENTITY_FIELDS.map((name) =>
    lineField(visit, { name, label: labels[name], typed, faults: returned?.faults ?? {}, required: false }),
  );
  const doubted =
    parse(visit, CorrectIdentity.pick({ phone: true }), returned?.faults["phone"] === undefined ? {} : typed).value?.phone ?? "";
  return html`<form method="post" action="${ABOUT_ME}" novalidate>
    ${formKey(returned?.key)}
    ${fields}
    ${sureOfPhone(visit, doubted)}
    <p class="hint">${words.emptyHint}</p>
    <button class="btn btn-primary btn-lg" type="submit">${words.save}</button>
  </form>`;
}

function wayToErase(visit: Visit): Html {
  const words = visit.words.report.story.aboutMe;
  return html`<section aria-labelledby="erase">
    <h2 id="erase">${words.eraseTitle}</h2>
    <p>${words.eraseLead}</p>
    <p>
      <a class="btn btn-lg" href="${ABOUT_ME}/erase">${words.eraseAsk}</a>
    </p>
  </section>`;
}

function looksTaken(visit: Visit, names: Directory, looks: readonly LookTaken[]): Html {
  const words = visit.words.report.story.aboutMe;
  const { reasonClasses } = visit.words.common;
  const taken = looks.map(
    (look) =>
      html`<li>
        <p class="when">${instantWords(visit, look.at)} · ${nameOf(visit, names.units.get(look.unit))} · ${words.kinds[look.kind]}</p>
        <p>${reasonClasses[look.reasonClass]}</p>
      </li>`,
  );
  return html`<section aria-labelledby="looks">
    <h2 id="looks">${words.looks}</h2>
    ${
      taken.length === 0
        ? html`<p class="hint">${words.noLooks}</p>`
        : html`<ol class="words">
            ${taken}
          </ol>`
    }
  </section>`;
}

/** The proof is the leaf; its commitment to the report's handle can be opened with what is shown here alone. */
async function erasureWords(visit: Visit, report: string, erasure: Erasure): Promise<Html> {
  const words = visit.words.report.story.aboutMe;
  const leaf = (await leafOfEvent(visit.town, erasure.event))?.leaf ?? null;
  const proof =
    leaf === null
      ? html`<p class="hint">${(await isSealed(visit.town, report)) ? visit.words.sealed.noLeaf : words.soon}</p>`
      : html`<p>
          <a href="/log/leaf/${leaf}">${words.leaf(leaf)}</a> · <a href="/log/receipt/leaf/${leaf}.tlog-proof" download>${words.proof}</a>
        </p>`;
  const opening =
    erasure.salt === null
      ? ""
      : html`<details>
          <summary>${words.opening}<span class="visually-hidden"> ${instantWords(visit, erasure.at)}</span></summary>
          <p>${words.openingHint}</p>
          <dl class="facts">
            <dt>${words.handle}</dt>
            <dd>
              <code class="hash">${report}</code>
            </dd>
            <dt>${words.salt}</dt>
            <dd>
              <code class="hash">${erasure.salt.toString("hex")}</code>
            </dd>
          </dl>
        </details>`;
  return html`<section class="privacy">
    <p><b>${instantWords(visit, erasure.at)}</b> ${words.because[erasure.because]}</p>
    ${proof}${opening}
  </section>`;
}
