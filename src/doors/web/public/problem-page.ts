import type { Flag } from "#verification/flag";
import { findRound } from "#verification/find-round";
import { flagsOf } from "#verification/queries";
import { lampOf, type Problem } from "#ledger/problem";
import { dayOf, type Day } from "#platform/instant";
import type { Directory } from "#publication/directory";
import type { Story } from "#publication/problem-story";
import { FRESH, type Drawn } from "#doors/web/form/drawn";
import { html, type Html } from "#doors/web/html";
import { dayText, shortDay } from "#doors/web/ui/day";
import { countsOf, whoAnswers } from "#doors/web/ui/entry";
import { flagEntry } from "#doors/web/ui/flags";
import { faultSummary } from "#doors/web/ui/field";
import { lampMark } from "#doors/web/ui/lamp";
import { publicPage } from "#doors/web/ui/layout";
import { measuresList, seenMeasures, type Seen } from "#doors/web/ui/measures";
import { timeline } from "#doors/web/ui/timeline";
import { wayList } from "#doors/web/ui/way";
import { nameOf, type Visit } from "#doors/web/visit";
import { meTooForm, noticeCard } from "./problem-forms.ts";
import { factsCard, photosCard } from "./problem-parts.ts";
import { problemPassedOn } from "./problem-passed-on.ts";
import { wayOfProblem } from "./way.ts";

/** One entry of the ledger, whole. */
export async function problemPage(visit: Visit, story: Story, drawn: Drawn = FRESH): Promise<Response> {
  const names = await visit.names(story.version);
  const { problem } = story;
  const { publicSide } = visit.words;
  const words = publicSide.problem;
  const today = dayOf(visit.at);
  const round = ["rectified", "verified"].includes(problem.status) ? await findRound(visit.town, problem.id) : null;
  const flags = story.events.some(({ verb }) => verb === "flag.raised") ? await flagsOf(visit.town, problem.id) : [];
  const head = html`<link
    rel="alternate"
    type="application/atom+xml"
    title="${publicSide.feed.title(nameOf(visit, names.town))}"
    href="/ledger.atom"
  >`;
  const body = html`<p class="back no-print">
      <a href="/ledger">${words.back}</a>
    </p>
    ${said(visit)}
    ${faultSummary(visit, drawn.faults)}
    <section aria-label="${visit.words.way.title}">${wayList(visit, wayOfProblem(problem, round, visit.at))}</section>
    <div class="story">
      <div>
        ${answers(visit, names, story, today)}
        ${suspended(visit, story)}
        ${noticeCard(visit, story, drawn)}
        ${photosCard(visit, names, story)}
        ${factsCard(visit, names, story)}
        ${meTooForm(visit, problem)}
        ${flagsCard(visit, names, flags)}
      </div>
      <div>
        <section class="card">
          <div class="card-body">
            <h2>${words.story}</h2>
            ${timeline(visit, names, story.events)}
          </div>
        </section>
        <section class="card">
          <div class="card-body">
            <h2>${words.kept}</h2>
            <p>${words.keptHint}${visit.lang === "en" ? " " : ""}${words.keptCount(story.events.length)}</p>
            <p>
              <a href="/log/leaves?number=${problem.number}">${visit.words.publicLog.leaves.ofNumber}</a> ·
              <a href="/verify">${visit.words.publicLog.verify}</a>${
                problem.status === "closed"
                  ? html` ·
                      <a href="/log/receipt/problem/${problem.number}.tlog-proof" download>${visit.words.publicLog.closingReceipt}</a>`
                  : ""
              }
            </p>
          </div>
        </section>
        ${turning(visit, problem)}
      </div>
    </div>`;
  return publicPage(visit, names, {
    title: `${problem.title} · ${problem.number}`,
    at: "ledger",
    status: drawn.status,
    faulty: drawn.status === 422,
    head,
    passedOn: problemPassedOn(visit, names, problem, today),
    body,
  });
}

/** Reasons to look at it again, with their evidence; nothing stands there while there are none. */
function flagsCard(visit: Visit, names: Directory, flags: readonly Flag[]): Html | null {
  if (flags.length === 0) return null;
  const words = visit.words.flags;
  return html`<section class="card" id="flags">
    <div class="card-body">
      <h2>${words.title}</h2>
      <p class="mist">${words.lead}</p>
      ${flags.map((flag) => flagEntry(visit, names, flag))}
      <p>
        <a href="/flags">${words.all}</a>
      </p>
    </div>
  </section>`;
}

/** The three answers, as large as they matter. */
function answers(visit: Visit, names: Directory, { problem, events }: Story, today: Day): Html {
  const { common, publicSide } = visit.words;
  const lamp = lampOf(problem, today);
  const theme = problem.theme === null ? names.categories.get(problem.category) : names.themes.get(problem.theme);
  return html`<article class="entry ${lamp.light}">
    <header>
      <b>${problem.number}</b>
      <span>${nameOf(visit, theme)}</span>
      <span>${publicSide.entry.openedOn.before}${shortDay(visit, problem.openedOn)}${publicSide.entry.openedOn.after}</span>
    </header>
    <dl class="three long">
      <div>
        <dt>${common.what}</dt>
        <dd>
          <h1>${problem.title}</h1>
        </dd>
      </div>
      <div>
        <dt>${common.how}</dt>
        <dd>${measures(visit, problem, seenMeasures(events))}</dd>
      </div>
      <div>
        <dt>${common.who}</dt>
        ${whoAnswers(visit, names, problem)}
      </div>
    </dl>
    <footer>${lampMark(visit, lamp)}${countsOf(visit, problem)}</footer>
  </article>`;
}

function measures(visit: Visit, problem: Problem, seen: Seen): Html {
  const { entry } = visit.words.publicSide;
  if (problem.status === "dismissed") return html`<p class="mist">${entry.notTaken}</p>`;
  if (problem.measures.length === 0) return html`<p class="mist">${entry.nothingYet}</p>`;
  return measuresList(visit, problem, seen);
}

function suspended(visit: Visit, story: Story): Html | null {
  if (story.suspension === null) return null;
  const words = visit.words.publicSide.problem;
  return html`<div class="alert">
    <h2>${words.suspended}</h2>
    <p>${story.suspension.reason}</p>
    <p>${words.suspendedUntil(dayText(visit, story.suspension.resumeOn))}</p>
  </div>`;
}

/** What a form of this page did, told once after the redirect. */
function said(visit: Visit): Html | null {
  const words = visit.words.publicSide.problem;
  if (visit.context.req.query("said") !== "me-too") return null;
  return html`<div class="alert alert-success" role="status">${words.meTooDone}</div>`;
}

/** Numbers have no gaps within a year, so the one before is known without asking. */
function turning(visit: Visit, problem: Problem): Html | null {
  const sequence = problem.ordinal % 10_000_000;
  if (sequence <= 1) return null;
  const older = `${problem.number.slice(0, problem.number.lastIndexOf("-"))}-${String(sequence - 1).padStart(4, "0")}`;
  const words = visit.words.publicSide.problem;
  return html`<nav class="pages" aria-label="${visit.words.publicSide.ledger.pages}">
    <print-page data-label="${words.print}"></print-page>
    <a class="btn" href="/ledger/${older}">${words.older}</a>
  </nav>`;
}
