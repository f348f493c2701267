import { config } from "@hotwired/turbo";
import "./black-out.ts";
import "./photo-shown.ts";
import "./copy-text.ts";
import "./print-page.ts";
import "./insert-words.ts";
import "./leaders-unit.ts";
import "./mark-words.ts";
import "./office-draft.ts";
import "./pick-by-key.ts";
import "./position-keys.ts";
import "./similar-ones.ts";

config.drive.progressBarDelay = 500;

document.addEventListener("turbo:load", () => document.querySelector<HTMLElement>(".fault-summary")?.focus());
document.addEventListener("turbo:render", () => document.querySelector<HTMLElement>(".fault-summary")?.focus());

// A look at who reported is over when it is over, on a page left open too.
function closeLooks(): void {
  for (const panel of document.querySelectorAll<HTMLElement>("[data-closes-at]")) {
    const leftMs = Date.parse(panel.dataset["closesAt"] ?? "") - Date.now();
    setTimeout(() => panel.remove(), Math.max(0, leftMs));
  }
}
document.addEventListener("turbo:load", closeLooks);

// What was just done is taken back by the button in its note for ten seconds; later below, with a reason.
function takeUndoAway(): void {
  for (const undo of document.querySelectorAll<HTMLElement>("[data-undo]")) setTimeout(() => undo.remove(), 10_000);
}
document.addEventListener("turbo:load", takeUndoAway);

// Whoever chose an act goes on in its form.
function beginAct(): void {
  if (location.hash !== "#acts" || document.querySelector(".fault-summary") !== null) return;
  document.querySelector<HTMLElement>("#act textarea, #act input:not([type=hidden]), #act select")?.focus();
}
document.addEventListener("turbo:load", beginAct);

// One box ticks every row of its table.
document.addEventListener("change", (event) => {
  const box = event.target;
  if (!(box instanceof HTMLInputElement) || box.dataset["all"] === undefined) return;
  const rows = box.closest("form, table")?.querySelectorAll<HTMLInputElement>(`input[type=checkbox][name="${box.dataset["all"]}"]`);
  for (const row of rows ?? []) row.checked = box.checked;
});
