import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Candidate } from "#intake/candidates";
import { SayMeToo } from "#intake/say-me-too";
import { parse, readForm } from "#doors/web/form";
import type { Directory } from "#publication/directory";
import { html, type Html } from "#doors/web/html";
import { route } from "#doors/web/route";
import type { Typed } from "#doors/web/ui/field";
import { whyAlike } from "#doors/web/ui/why-alike";
import type { Visit } from "#doors/web/visit";
import { countOnce } from "#doors/web/public/count-once";
import { draftOf, keepAnswers, type Draft } from "./draft.ts";
import { orAgain } from "./frame.ts";

type Again = (visit: Visit, fault: string, status: ContentfulStatusCode) => Promise<Response>;
/** What is left of the similar ones, for a page that stays open with what is typed in it (browser/similar-ones.ts). */
type Part = (visit: Visit, typed: Typed, draft: Draft) => Promise<Response>;

/** The pages that show what may be the same: the first question, and the last look before sending. */
export type ShownOn = "what" | "check";

/** What the reporter says about a similar problem: the same, counted without a second report; or not the same. */
export function similarRoutes(on: ShownOn, again: Again, part: Part) {
  const back = `/report/${on}`;
  return [
    route(`POST /report/${on}/me-too`, { who: "anyone", kind: "me-too" }, async (visit) => {
      const { typed } = await readForm(visit);
      const { device, address } = visit;
      const { value } = parse(visit, SayMeToo, { ...typed, device, address });
      if (value === null) return visit.context.redirect(back, 303);
      return orAgain(
        visit,
        async () => {
          await countOnce(visit.town, visit.at, value);
          return answered(visit, typed, await remember(visit, on, "meToo", value.problem));
        },
        (fault, status) => again(visit, fault, status),
      );
    }),
    route(`POST /report/${on}/not-same`, { who: "anyone", kind: "draft" }, async (visit) => {
      const { typed } = await readForm(visit);
      const { value } = parse(visit, SayMeToo.pick({ problem: true }), typed);
      if (value === null) return visit.context.redirect(back, 303);
      return answered(visit, typed, await remember(visit, on, "notSame", value.problem));
    }),
  ];

  async function answered(visit: Visit, typed: Typed, draft: Draft): Promise<Response> {
    return typed["here"] === "1" ? part(visit, typed, draft) : visit.context.redirect(back, 303);
  }
}

/** Kept with the draft, which on the first page may begin with it; returns the draft as it is then. */
async function remember(visit: Visit, on: ShownOn, name: "meToo" | "notSame", problem: string): Promise<Draft> {
  const draft = await draftOf(visit);
  if (draft.id === null && on === "check") return draft;
  const answer = { [name]: [...ids(draft, name).filter((id) => id !== problem), problem].slice(-20).join(" ") };
  return { ...draft, id: await keepAnswers(visit, draft, answer), answers: { ...draft.answers, ...answer } };
}

type Similar = { readonly names: Directory; readonly draft: Draft; readonly on: ShownOn; readonly candidates: readonly Candidate[] | null };

/** Similar problems not yet spoken about, each with its two answers; those counted say so. */
export function similarProblems(visit: Visit, similar: Similar): Html {
  const words = visit.words.report.similar;
  const { draft, on, candidates } = similar;
  if (candidates === null) return html`<p class="hint" role="status">${visit.words.common.alike.couldNotLook}</p>`;
  const open = candidates.filter((problem) => !ids(draft, "notSame").includes(problem.id));
  if (open.length === 0) return html``;
  const meToo = ids(draft, "meToo");
  return html`<section class="similar" id="similar" aria-labelledby="similar-title">
    <h2 id="similar-title">${on === "what" ? words.asked : words.title}</h2>
    <p>${words.lead}</p>
    <ul>
      ${open.map((problem) => (meToo.includes(problem.id) ? counted(visit, problem) : asked(visit, similar, problem)))}
    </ul>
  </section>`;
}

function asked(visit: Visit, { names, on }: Similar, problem: Candidate): Html {
  const words = visit.words.report.similar;
  return html`<li>
    <a href="/ledger/${problem.number}"><span class="number">${problem.number}</span> ${problem.title}</a>
    <span class="going"> · ${words.going}</span>
    <p class="hint">${whyAlike(visit, names, problem)}</p>
    <div class="ways">${button("me-too", words.meToo)}${button("not-same", words.notSame)}</div>
  </li>`;

  function button(action: string, label: string): Html {
    return html`<form method="post" action="/report/${on}/${action}">
      <input type="hidden" name="problem" value="${problem.id}">
      <button class="btn" type="submit" aria-label="${words.asAbout(label, problem.number)}">${label}</button>
    </form>`;
  }
}

function counted(visit: Visit, problem: Candidate): Html {
  const words = visit.words.report.similar;
  return html`<li class="counted">
    <p role="status"><b>${words.counted}</b> ${words.countedHint}</p>
    <a href="/ledger/${problem.number}">${words.seeIt(problem.number)}</a>
  </li>`;
}

function ids(draft: Draft, name: "meToo" | "notSame"): readonly string[] {
  return (draft.answers[name] ?? "").split(" ").filter((id) => id !== "");
}

/** Whether none of these questions was answered. */
export function noAnswer(draft: Draft, ...names: readonly string[]): boolean {
  return names.every((name) => (draft.answers[name] ?? "") === "");
}
