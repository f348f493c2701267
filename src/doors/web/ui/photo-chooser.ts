import { html, type Html } from "#doors/web/html";
import type { Visit } from "#doors/web/visit";
import { framed, type FieldParts } from "./field.ts";

/** Where a resident chooses photos; the browser makes them smaller before they are sent, where it can. */
export function photoChooser(visit: Visit, field: Pick<FieldParts, "label" | "hint" | "faults" | "required">): Html {
  const words = visit.words.report.photos;
  const input = html`<input
    class="form-control photo-input"
    type="file"
    id="f-photos"
    name="photos"
    accept="image/*"
    multiple
    aria-describedby="h-photos"
  >`;
  return html`<photo-shrink data-shrinking="${words.shrinking}" data-shrunk="${words.shrunk}">
    ${framed(visit, { ...field, name: "photos", typed: {} }, input)}
  </photo-shrink>`;
}
