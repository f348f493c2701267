import { findEarlierAnswers, type EarlierAnswer } from "#intake/earlier-answers";
import type { Report } from "#intake/queries";
import { filled, type Filling } from "#limits/placeholders";
import { standardAnswersFor } from "#limits/queries";
import { dayOf } from "#platform/instant";
import { findProblems } from "#office/queries";
import type { Directory, Named } from "#publication/directory";
import { readForm } from "#doors/web/form";
import { backWith, type Drawn } from "#doors/web/form/drawn";
import { html, type Html } from "#doors/web/html";
import { signedIn } from "#doors/web/office/officer-form";
import { keptDay, shortDay, weekdayWords } from "#doors/web/ui/day";
import { nameOf, type Visit } from "#doors/web/visit";
import { wordsIn, type Lang } from "#words/words";

/** The acts whose words its reporter reads, with the field that they stand in. */
const ANSWERED_IN: { readonly [act: string]: string } = { answer: "text", reply: "text", refer: "reason", decline: "reason" };

/** Words that one press puts into the answer. */
type Offer = { readonly id: string; readonly name: Html | string; readonly text: string };

/** What the town keeps for such reports, and how it answered what was told in like words; null: it took too long to look. */
export type Offers = { readonly standard: readonly Offer[]; readonly earlier: readonly Offer[] | null };

/** Offered where an answer is written; null in every other form. */
export async function offersFor(visit: Visit, report: Report, act: string): Promise<Offers | null> {
  if (ANSWERED_IN[act] === undefined) return null;
  const [names, standard, earlier] = await Promise.all([
    visit.names(),
    standardAnswersFor(visit.town, report.category),
    findEarlierAnswers(visit.town, signedIn(visit), report),
  ]);
  const filling = standard.length === 0 ? null : await fillingOf(visit, names, report);
  return {
    standard: standard.map(({ id, nameZh, nameEn, text }) => ({
      id,
      name: nameOf(visit, { zh: nameZh, en: nameEn }),
      text: filling === null ? text : filled(text, filling),
    })),
    earlier: earlier?.map((answer) => ({ id: answer.word, name: earlierName(visit, answer), text: answer.text })) ?? null,
  };
}

function earlierName(visit: Visit, { kind, referredTo, saidAt }: EarlierAnswer): Html {
  const words = visit.words.office.inbox;
  return html`${shortDay(visit, dayOf(saidAt))} ${words.words[kind]}${referredTo === "" ? "" : ` · ${referredTo}`}`;
}

/** What is public and known of a report anyway, in both languages. */
async function fillingOf(visit: Visit, names: Directory, report: Report): Promise<Filling> {
  const problems = await findProblems(visit.town, report.problem === null ? [] : [report.problem]);
  const dueOn = problems.get(report.problem ?? "")?.dueOn ?? null;
  const read = (lang: Lang): Visit => ({ ...visit, lang, words: wordsIn(lang) });
  const both = (said: (visit: Visit) => string) => [said(read("zh")), said(read("en"))] as const;
  const named = (one: Pick<Named, "zh" | "en"> | undefined) => (one === undefined ? null : both((visit) => nameOf(visit, one)));
  return {
    town: named(names.town),
    phone: names.town.phone === "" ? null : [names.town.phone, names.town.phone],
    village: named(names.villages.get(report.village ?? "")),
    category: named(names.categories.get(report.category ?? "")),
    number: report.problemNumber === null ? null : [report.problemNumber, report.problemNumber],
    dueOn: dueOn === null ? null : both((visit) => keptDay(visit, dueOn)),
    weekday: both((visit) => weekdayWords(visit, dayOf(visit.at))),
  };
}

/**
 * A button of the list was pressed, in a browser without a script: the form is drawn again with its words behind what was typed. Null:
 * the form was sent.
 */
export async function insertedInto(visit: Visit, report: Report, act: string): Promise<Drawn | null> {
  const insert = visit.context.req.query("insert");
  const field = ANSWERED_IN[act];
  if (insert === undefined || field === undefined) return null;
  const sent = await readForm(visit);
  const offers = await offersFor(visit, report, act);
  const offer = [...(offers?.standard ?? []), ...(offers?.earlier ?? [])].find(({ id }) => id === insert);
  const before = (sent.typed[field] ?? "").trimEnd();
  const text = offer === undefined ? before : `${before}${before === "" ? "" : "\n"}${offer.text}`;
  return backWith({ ...sent, typed: { ...sent.typed, [field]: text } }, {}, 200);
}

/**
 * The lists, behind the button that sends: the first button of a form is the one that Enter presses. With a script a press puts the words
 * where the caret is (browser/insert-words.ts).
 */
export function offersPanel(visit: Visit, { standard, earlier }: Offers, insertAt: (id: string) => string): Html {
  const words = visit.words.office.inbox.offers;
  const listed = (offers: readonly Offer[], before: number) =>
    offers.map((offer, place) => offerLine(offer, before + place + 1, insertAt(offer.id)));
  const lastTime =
    earlier === null
      ? html`<p class="hint">${visit.words.common.alike.couldNotLook}</p>`
      : offerList(words.earlier, listed(earlier, standard.length));
  return html`<div class="office-offers">${offerList(words.standard, listed(standard, 0))} ${lastTime}</div>`;
}

function offerList(title: string, lines: readonly Html[]): Html {
  if (lines.length === 0) return html``;
  return html`<h4>${title}</h4>
    <ul>
      ${lines}
    </ul>`;
}

/** The first nine have a key. */
function offerLine({ name, text }: Offer, place: number, insertAt: string): Html {
  const hasKey = place <= 9;
  return html`<li>
    <button
      class="btn"
      type="submit"
      formaction="${insertAt}"
      formnovalidate
      data-insert
      ${hasKey ? html`data-key="Shift+Digit${place}"` : ""}
      ><span>${name}</span>${hasKey ? html` <kbd class="office-key">⇧${place}</kbd>` : ""}</button>
    <p data-words>${text}</p>
  </li>`;
}
