import { characterOf, pickedBy } from "./picked-by.ts";

/** Keys that follow each other within this time mean one choice together. */
const TOGETHER_MS = 1000;

let [typed, typedIn, typedAt] = ["", null as EventTarget | null, 0];

/**
 * In a list whose choices bear a number or initials, keys pick: by position and not by character, so that a Chinese input method does not
 * swallow them. Without it a list is a plain list.
 */
document.addEventListener("keydown", (event) => {
  const { target } = event;
  if (!(target instanceof HTMLSelectElement) || event.ctrlKey || event.metaKey || event.altKey) return;
  const key = characterOf(event.code);
  const choices = choicesOf(target);
  if (key === null || choices.length === 0) return;
  event.preventDefault();
  const isOne = typedIn === target && event.timeStamp - typedAt < TOGETHER_MS;
  const together = isOne ? typed + key : key;
  const picked = pickedBy(choices, together);
  [typed, typedIn, typedAt] = [picked === null ? key : together, target, event.timeStamp];
  choose(target, picked ?? pickedBy(choices, key));
});

function choicesOf(list: HTMLSelectElement) {
  return [...list.options]
    .map(({ value, dataset }) => ({ value, number: dataset["number"] ?? "", initials: dataset["initials"] ?? "" }))
    .filter(({ number, initials }) => number !== "" || initials !== "");
}

function choose(list: HTMLSelectElement, value: string | null): void {
  if (value === null || value === list.value) return;
  list.value = value;
  list.dispatchEvent(new Event("input", { bubbles: true }));
  list.dispatchEvent(new Event("change", { bubbles: true }));
}
