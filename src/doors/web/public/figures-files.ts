import { listCounted, type CountedEntry } from "#publication/counted-entries";
import { html } from "#doors/web/html";
import { filePart, partAsked } from "#doors/web/ui/file-parts";
import { publicPage } from "#doors/web/ui/layout";
import { channelName } from "#doors/web/ui/told";
import type { Visit } from "#doors/web/visit";
import { answerNumber, countedFileHref, countedFilesHref, countedHref, type AskedNumber } from "./figures-address.ts";
import { titleOf } from "./figures-counted.ts";
import { MOST_IN_FILE } from "./figures-file.ts";

/** The entries behind one number, where they are more than a file holds: one file after another. */
export async function countedFiles(visit: Visit, { figure }: { readonly figure: string }): Promise<Response> {
  return answerNumber(visit, figure, filesPage);
}

async function filesPage(visit: Visit, asked: AskedNumber): Promise<Response> {
  const { files } = visit.words.common;
  const { version, entries, next } = await listCounted(visit.town, visit.at, { ...asked, limit: MOST_IN_FILE });
  const [first, last] = [entries.at(0), entries.at(-1)];
  const part =
    first === undefined || last === undefined
      ? null
      : { count: entries.length, first: nameOfEntry(visit, first), last: nameOfEntry(visit, last) };
  const number = partAsked(visit);
  const take = html`<a class="btn btn-primary" href="${countedFileHref(asked, number)}" download>${files.take}</a>`;
  const then = next === null ? null : countedFilesHref({ ...asked, before: next }, number + 1);
  const title = titleOf(visit, asked.counted);
  const body = html`<a class="back" href="${countedHref(asked.counted, asked.circle)}">← ${title}</a>
    <h1>${files.title}</h1>
    <p class="lead">${files.lead(MOST_IN_FILE)}</p>
    ${filePart(visit, part, take, then)}`;
  return publicPage(visit, await visit.names(version), { title: `${files.title} · ${title}`, at: "figures", body });
}

/** The entry of a report that is not public is known by its door alone. */
export function nameOfEntry(visit: Visit, { number, channel }: CountedEntry): string {
  return number ?? visit.words.figures.privateReport(channel === null ? "" : channelName(visit, channel));
}
