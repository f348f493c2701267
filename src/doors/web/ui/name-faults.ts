import { html } from "#doors/web/html";
import type { Visit } from "#doors/web/visit";

/**
 * Says in every fault of a page which field it is about, by that field's own label: “请填写镇名”, not five times “请填写这一项”. A parser
 * knows no labels, so it is done once the page is written, for every form alike; a field without a label keeps the sentence as it was, and
 * a sentence that was written for one field says by itself which it is.
 */
export function nameFaults(visit: Visit, page: string): string {
  if (!page.includes('class="fault') || !page.includes('href="#f-')) return page;
  const everyForms = new Set<string>(Object.values(visit.words.common.faults).map((fault) => html`${fault}`.toString()));
  const labels = new Map<string, string>();
  const labelOf = (name: string): string => {
    const known = labels.get(name) ?? labelIn(page, name);
    labels.set(name, known);
    return known;
  };
  return page
    .replaceAll(/(<div class="fault" id="e-([^"]+)">)([^<]*)/g, (whole, tag: string, name: string, fault: string) => {
      const named = wholeSentence(visit, labelOf(name), fault.trim());
      return named === null ? whole : `${tag}${named}`;
    })
    .replaceAll(/(<a href="#f-([^"]+)">)([^<]*)(?=<\/a>\s*<\/li>)/g, (whole, tag: string, name: string, fault: string) => {
      const label = labelOf(name);
      if (label === "" || !everyForms.has(fault.trim())) return whole;
      return `${tag}${wholeSentence(visit, label, fault.trim()) ?? visit.words.common.faultOf.other(label, fault.trim())}`;
    });
}

/** The two that are one sentence with the name of their field in it; null for every other. */
function wholeSentence({ words: { common } }: Visit, label: string, fault: string): string | null {
  if (label === "") return null;
  if (fault === common.faults["text/missing"]) return common.faultOf.missing(label);
  return fault === common.faults["choice/unknown"] ? common.faultOf.choice(label) : null;
}

/** What a field is called on the page: by its label, or by the legend of the choices it is the first of; "" when by nothing. */
function labelIn(page: string, name: string): string {
  const label = page.indexOf(` for="f-${name}"`);
  if (label >= 0) return plain(page.slice(page.indexOf(">", label) + 1, page.indexOf("</label>", label)));
  const field = page.indexOf(` id="f-${name}"`);
  const legend = field < 0 ? -1 : page.lastIndexOf("<legend", field);
  if (legend < 0 || page.slice(legend, field).includes("</fieldset>")) return "";
  return plain(page.slice(page.indexOf(">", legend) + 1, page.indexOf("</legend>", legend)));
}

/** The words alone: whether it may be left out, and the key that leads there, are no part of the name. */
function plain(inside: string): string {
  return inside
    .replaceAll(/<(span|kbd)[^>]*>[^<]*<\/\1>/g, "")
    .replaceAll(/<[^>]+>/g, "")
    .replaceAll(/\s+/g, " ")
    .trim();
}
