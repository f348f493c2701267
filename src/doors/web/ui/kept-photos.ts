import { html, type Html } from "#doors/web/html";
import type { Visit } from "#doors/web/visit";

/** Photos that a form which came back has already brought: shown small, and left out by taking the tick away. */
export function keptPhotos(visit: Visit, folder: string, photos: readonly string[]): Html {
  if (photos.length === 0) return html``;
  const words = visit.words.common.keptPhotos;
  const one = (sha256: string, position: number) =>
    html`<li>
      <label class="form-check">
        <img src="${folder}/${sha256}" alt="${words.photo(position + 1)}" width="160" height="120">
        <span><input class="form-check-input" type="checkbox" name="photos" value="${sha256}" checked> ${words.send(position + 1)}</span>
      </label>
    </li>`;
  return html`<fieldset class="field">
    <legend class="form-label">${words.title(photos.length)}</legend>
    <ul class="kept-photos">
      ${photos.map(one)}
    </ul>
  </fieldset>`;
}
