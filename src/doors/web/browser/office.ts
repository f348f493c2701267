import { config } from "@hotwired/turbo";

config.drive.progressBarDelay = 500;

document.addEventListener("turbo:load", () => document.querySelector<HTMLElement>(".fault-summary")?.focus());
document.addEventListener("turbo:render", () => document.querySelector<HTMLElement>(".fault-summary")?.focus());

// One box ticks every row of its table.
document.addEventListener("change", (event) => {
  const box = event.target;
  if (!(box instanceof HTMLInputElement) || box.dataset["all"] === undefined) return;
  const rows = box.closest("form, table")?.querySelectorAll<HTMLInputElement>(`input[type=checkbox][name="${box.dataset["all"]}"]`);
  for (const row of rows ?? []) row.checked = box.checked;
});
