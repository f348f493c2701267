import { html, type Html } from "#doors/web/html";
import type { Visit } from "#doors/web/visit";

/** One file of a list that is longer than a file: how many rows it holds, and the first and last of them. */
export type FilePart = { readonly count: number; readonly first: string; readonly last: string };

/** Which file of a list an address asks for, counted from one. */
export function partAsked(visit: Visit): number {
  return partIn(visit.context.req.query("part"));
}

export function partIn(said = ""): number {
  return /^[1-9]\d{0,5}$/.test(said) ? Number(said) : 1;
}

/** What a part of a list is called as a file: the first as the whole. */
export function partName(name: string, part: number): string {
  return part === 1 ? name : `${name}-${part}`;
}

/**
 * A file of a long list with the way to take it, and the way to the next. Each begins behind the last row of the one before and not at a
 * count of rows, so that nothing that arrives meanwhile is missed or stands in two.
 */
export function filePart(visit: Visit, part: FilePart | null, take: Html, next: string | null): Html {
  const words = visit.words.common.files;
  const number = partAsked(visit);
  if (part === null) return html`<p>${words.none}</p>`;
  return html`<section class="card">
      <div class="card-body">
        <h2>${words.part(number)}</h2>
        <p>${words.holds(part.count, part.first, part.last)}</p>
        ${take}
      </div>
    </section>
    ${
      next === null
        ? html`<p class="mist">${words.last}</p>`
        : html`<p>
            <a class="btn" href="${next}" rel="next">${words.goOn(number + 1)}</a>
          </p>`
    }`;
}

/** What an address asks for, and which file of it; the first is asked for by saying nothing. */
export function partQuery(query: string, part: number): string {
  return [query, part === 1 ? "" : `part=${part}`].filter((said) => said !== "").join("&");
}
