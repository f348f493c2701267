import { formKey } from "#doors/web/form";
import { html, type Html } from "#doors/web/html";
import { paragraphField } from "#doors/web/ui/field";
import { keptPhotos } from "#doors/web/ui/kept-photos";
import { photoChooser } from "#doors/web/ui/photo-chooser";
import type { Visit } from "#doors/web/visit";
import type { StoryParts } from "./story-parts.ts";

export function addForm(visit: Visit, { typed, faults, key, lists }: StoryParts): Html {
  const words = visit.words.report.story.add;
  const photos = visit.words.report.photos;
  return html`<section aria-labelledby="add-title">
    <h2 id="add-title">${words.title}</h2>
    <form method="post" action="/track/story/words" enctype="multipart/form-data" novalidate>
      ${formKey(key)}
      ${paragraphField(visit, { name: "text", label: words.text, typed, faults, rows: 3 })}
      ${keptPhotos(visit, "/track/story/photos", lists["photos"] ?? [])}
      ${photoChooser(visit, { label: words.photos, hint: photos.hint, faults, required: false })}
      <button class="btn btn-primary btn-lg" type="submit">${words.send}</button>
    </form>
  </section>`;
}
