import { createHash } from "node:crypto";
import type { Sent } from "#doors/web/form";
import { FRESH, type Drawn } from "#doors/web/form/drawn";
import { formTag } from "#doors/web/form/form-tag";
import { sendForm } from "#doors/web/form/send-form";
import { html, type Html } from "#doors/web/html";
import { faultSummary, paragraphField } from "#doors/web/ui/field";
import { officeHead, officePage } from "#doors/web/ui/office";
import type { Visit } from "#doors/web/visit";
import type { Judged } from "./judged.ts";
import { MOST_ROWS, readPasted, type Heads, type Pasted, type PastedRow } from "./pasted-table.ts";

/** A list that rows can be pasted into. */
export type PasteInto = {
  readonly at: "units" | "villages" | "people";
  readonly list: string;
  readonly heads: Heads;
  readonly judge: (visit: Visit, rows: readonly PastedRow[]) => Promise<readonly Judged[]>;
};

/** The page with the empty field. */
export function emptyPage(visit: Visit, into: PasteInto): Promise<Response> {
  return pastePage(visit, into, FRESH);
}

/**
 * Takes rows that were pasted: first they are shown as they were understood; what was seen so is kept when it is sent again, all in
 * one transaction. Rows that wait are given back; `answer` says what else stands on that page, or in its place when none waits.
 */
export function sendPaste(visit: Visit, into: PasteInto, answer: (left: Html) => Response | Promise<Response>): Promise<Response> {
  const words = visit.words.people.paste;
  const waiting: Judged[] = [];
  return sendForm(visit, {
    purpose: `${into.at}.paste`,
    async read(sent) {
      const pasted = readPasted(sent.typed["rows"] ?? "", into.heads);
      if (pasted.rows.length === 0) return { faults: { rows: words.nothing } };
      if (pasted.isTooLong) return { faults: { rows: words.tooLong(MOST_ROWS) } };
      const judged = await into.judge(visit, pasted.rows);
      const kept = keptOf(judged, also(sent));
      const isSeen = sent.typed["go"] !== "look" && sent.typed["seen"] === markOf(pasted);
      if (visit.redraws || !isSeen || kept.length === 0) return { faults: {}, status: 200 };
      waiting.push(...judged.filter((one) => (one.is === "ask" || one.is === "doubt") && !kept.includes(one)));
      return {
        async act(town) {
          for (const { add } of kept) await add(town);
          return String(kept.length);
        },
      };
    },
    answer: async (count) => answer(await leftOver(visit, into, waiting, Number(count))),
    back: (drawn) => pastePage(visit, into, drawn),
  });
}

/** What was not kept stands in the field again, to be mended; nothing where all was. */
async function leftOver(visit: Visit, into: PasteInto, left: readonly Judged[], count: number): Promise<Html> {
  const words = visit.words.people.paste;
  if (left.length === 0) return html``;
  const fields = Object.entries(into.heads);
  const lines = left.map(({ row }) => fields.map(([field]) => row.cells[field] ?? ""));
  const rows = [fields.map(([field, [head = field]]) => head), ...lines].map((cells) => cells.join("\t")).join("\n");
  return html`<div class="alert alert-success no-print" role="status">
      <p>${words.kept(count)}</p>
    </div>
    ${await pastePanel(visit, into, { ...FRESH, typed: { rows } })}`;
}

/** The page of what was left over. */
export async function leftPage(visit: Visit, into: PasteInto, left: Html): Promise<Response> {
  if (left.toString() === "") return visit.context.redirect(`${into.list}?done=added`, 303);
  return pageAround(visit, into, FRESH, left);
}

function also({ lists }: Pick<Sent, "lists">): ReadonlySet<string> {
  return new Set(lists["also"]);
}

function keptOf(judged: readonly Judged[], ticked: ReadonlySet<string>): readonly Judged[] {
  return judged.filter(({ is, row }) => is === "keep" || (is === "ask" && ticked.has(String(row.line))));
}

/** What was looked at is what is kept: another text is shown again first. */
function markOf({ rows }: Pasted): string {
  return createHash("sha256").update(JSON.stringify(rows)).digest("hex").slice(0, 16);
}

async function pastePage(visit: Visit, into: PasteInto, drawn: Drawn): Promise<Response> {
  return pageAround(visit, into, drawn, html`${faultSummary(visit, drawn.faults)} ${await pastePanel(visit, into, drawn)}`);
}

async function pageAround(visit: Visit, into: PasteInto, { status }: Drawn, content: Html): Promise<Response> {
  const words = visit.words.people.paste;
  const { title, list } = words.into[into.at];
  const body = html`${officeHead(title, html`<a href="${into.list}">${list}</a> · ${words.under}`)} ${content}`;
  return officePage(visit, await visit.names(), { title, body, at: into.at, status, faulty: status !== 200 });
}

/** The field, and below it every row as it was understood. */
async function pastePanel(visit: Visit, into: PasteInto, drawn: Drawn): Promise<Html> {
  const words = visit.words.people.paste;
  const { typed, faults } = drawn;
  const pasted = readPasted(typed["rows"] ?? "", into.heads);
  const judged = pasted.isTooLong ? [] : await into.judge(visit, pasted.rows);
  const { hint } = words.into[into.at];
  const ignored = pasted.ignored.join(visit.words.events.list);
  const form = formTag({
    action: `${into.list}/paste`,
    hidden: { seen: judged.length === 0 ? "" : markOf(pasted) },
    key: drawn.key,
    fields: html`${paragraphField(visit, { name: "rows", label: words.label, hint, rows: 10, typed, faults })}
    ${judged.length === 0 ? "" : preview(visit, into, judged, also(drawn))}
    ${ignored === "" ? "" : html`<p class="office-note">${words.ignored(ignored)}</p>`}`,
    button: buttons(visit, judged),
  });
  return html`<section class="card office-panel no-print" id="f-form" tabindex="-1">${form}</section>`;
}

/** How many are kept stands on the button. */
function buttons(visit: Visit, judged: readonly Judged[]): Html {
  const words = visit.words.people.paste;
  const count = (is: Judged["is"]) => judged.filter((one) => one.is === is).length;
  const [keep, waits] = [count("keep"), count("ask") + count("doubt")];
  const label = keep === 0 ? words.keepTicked : words.keep(keep, waits);
  if (judged.length === 0) return html`<button class="btn btn-primary" type="submit">${words.look}</button>`;
  return html`<p class="office-note">${words.sums(judged.length, keep, waits, count("not"))}</p>
    <div class="office-actions">
      ${keep + count("ask") === 0 ? "" : html`<button class="btn btn-primary" type="submit">${label}</button>`}
      <button class="btn" type="submit" name="go" value="look">${words.lookAgain}</button>
    </div>`;
}

function preview(visit: Visit, into: PasteInto, judged: readonly Judged[], ticked: ReadonlySet<string>): Html {
  const words = visit.words.people.paste;
  const names: { readonly [field: string]: string } = words.fields;
  const fields = Object.keys(into.heads).filter((field) => judged.some(({ row }) => (row.cells[field] ?? "") !== "" || field === "login"));
  return html`<div class="office-table paste-preview">
    <table class="table">
      <thead>
        <tr>
          <th scope="col">${words.row}</th>
          ${fields.map((field) => html`<th scope="col">${names[field]}</th>`)}
          <th scope="col">${words.becomes}</th>
        </tr>
      </thead>
      <tbody>
        ${judged.map((one) => previewRow(visit, fields, one, ticked.has(String(one.row.line))))}
      </tbody>
    </table>
  </div>`;
}

const LIGHTS = { keep: "green", ask: "amber", doubt: "amber", not: "grey" } as const;

function previewRow(visit: Visit, fields: readonly string[], { row, is, field, says }: Judged, isTicked: boolean): Html {
  const words = visit.words.people.paste;
  const names: { readonly [field: string]: string } = words.fields;
  const cells = fields.map((name) => {
    const isDoubtful = name === field;
    return html`<td class="${isDoubtful ? "doubtful" : ""}" data-label="${names[name]}">${row.cells[name] ?? ""}</td>`;
  });
  const tick =
    is === "ask"
      ? html`<label class="office-mine">
          <input class="form-check-input" type="checkbox" name="also" value="${row.line}" ${isTicked ? html`checked` : ""}>
          ${words.alsoKeep(row.line)}
        </label>`
      : "";
  return html`<tr>
    <th scope="row" data-label="${words.row}">${row.line}</th>
    ${cells}
    <td data-label="${words.becomes}">
      <span class="lamp ${LIGHTS[is]}">${words.is[is]}</span>
      ${says === "" ? "" : html`<span class="hint">${says}</span>`}
      ${tick}
    </td>
  </tr>`;
}
