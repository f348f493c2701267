import { findProblems } from "#office/queries";
import { isOfReport, isOwed, listedToday, type Task } from "#office/tasks";
import { html, type Html } from "#doors/web/html";
import { deskAddress } from "#doors/web/office/desk-address";
import type { Visit } from "#doors/web/visit";

/** The way on from a desk: what waits for the officer next, apart from this problem; nothing where nothing does. */
export async function nextTask(visit: Visit, tasks: readonly Task[], problem: string): Promise<Html> {
  const next = listedToday(tasks).find(({ step, subject }) => isOwed(step) && subject !== problem);
  if (next === undefined) return html``;
  const [number, address] = await whereIs(visit, next);
  const what = `${number} ${visit.words.office.steps[next.step]}`.trim();
  return html`<a class="btn" href="${address}">${visit.words.desk.nextForYou(what)}</a>`;
}

async function whereIs({ town }: Visit, { step, subject }: Task): Promise<readonly [number: string, address: string]> {
  if (isOfReport(step)) return ["", `/office/inbox/${subject}`];
  if (step === "call-back") return ["", `/office/callbacks/${subject}`];
  const number = (await findProblems(town, [subject])).get(subject)?.number;
  return number === undefined ? ["", "/office"] : [number, deskAddress(step, number)];
}
