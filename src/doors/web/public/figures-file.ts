import { dayOf } from "#platform/instant";
import { isFigure, listCounted } from "#publication/counted-entries";
import { csvFile, csvOf, linkNext } from "#doors/web/csv";
import { partAsked, partName } from "#doors/web/ui/file-parts";
import { channelName } from "#doors/web/ui/told";
import { nameOf, type Visit } from "#doors/web/visit";
import { answerNumber, countedFileHref, type AskedNumber } from "./figures-address.ts";
import { daysOf, titleOf } from "./figures-counted.ts";

/** No file of entries is longer; what follows is a file of its own (`figures-files.ts`). */
export const MOST_IN_FILE = 200;

/** The entries behind one number, as a table to keep. */
export async function countedFile(visit: Visit, { figure }: { readonly figure: string }): Promise<Response> {
  return answerNumber(visit, figure, entriesFile);
}

async function entriesFile(visit: Visit, asked: AskedNumber): Promise<Response> {
  const words = visit.words.figures;
  const { counted } = asked;
  const page = await listCounted(visit.town, visit.at, { ...asked, limit: MOST_IN_FILE });
  const names = await visit.names(page.version);
  const { entryDay, doneDay } = daysOf(visit, counted);
  const share = isFigure(counted) ? [words.names[counted].counted, words.names[counted].of] : [];
  const head = [words.entry, words.matter, words.unit, entryDay, doneDay, ...share, words.wasExtended];
  const rows = page.entries.map((entry) => [
    entry.number ?? words.privateReport(entry.channel === null ? "" : channelName(visit, entry.channel)),
    entry.number === null ? "" : (entry.title ?? ""),
    entry.unit === null ? "" : nameOf(visit, names.units.get(entry.unit)),
    entry.on ?? "",
    entry.doneOn ?? "",
    ...(isFigure(counted) ? [entry.counted, entry.of] : []),
    entry.extended ? words.yes : "",
  ]);
  const today = dayOf(visit.at);
  const part = partAsked(visit);
  if (page.next !== null) linkNext(visit, countedFileHref({ ...asked, before: page.next }, part + 1));
  const called = { ascii: partName(`${counted}-${today}`, part), name: partName(`${titleOf(visit, counted)}-${today}`, part) };
  return csvFile(visit, called, csvOf([head, ...rows]));
}
