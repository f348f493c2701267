import { choicesFor } from "./choices-for.ts";

/** From so many choices on they are found by typing. */
const MANY = 10;

type Units = { readonly own: { readonly [leader: string]: string }; readonly above: { readonly [unit: string]: readonly string[] } };

/**
 * Two lists of leaders and one of units: the first leader's own unit is chosen until somebody chooses another, and a unit that stands below
 * none of the leaders' units is doubted. Long lists are found by typing. Without it each is a plain list.
 */
class LeadersUnit extends HTMLElement {
  connectedCallback(): void {
    const [unit, leaders] = [this.querySelector<HTMLSelectElement>("[name=unit]"), this.leaders()];
    if (unit === null || this.dataset["units"] === undefined) return;
    for (const list of [...leaders, unit]) if (list.options.length > MANY) findByTyping(list);
    const units: Units = JSON.parse(this.dataset["units"]);
    let isProposed = unit.value === "";
    this.addEventListener("change", ({ target }) => {
      if (target === unit) isProposed = unit.value === "";
      else if (isProposed) unit.value = units.own[leaders[0]?.value ?? ""] ?? "";
      this.doubt(units, unit.value);
    });
    this.doubt(units, unit.value);
  }

  private leaders(): HTMLSelectElement[] {
    return [...this.querySelectorAll<HTMLSelectElement>("[name=leaders]")];
  }

  private doubt({ own, above }: Units, unit: string): void {
    const theirs = this.leaders().flatMap(({ value }) => own[value] ?? []);
    const isDoubted = unit !== "" && theirs.length > 0 && !theirs.some((its) => above[unit]?.includes(its));
    this.querySelector("[data-doubt]")?.toggleAttribute("hidden", !isDoubted);
  }
}

/** A line above the list that leaves in it what was typed; what an input method is still composing is not yet typed. */
function findByTyping(list: HTMLSelectElement): void {
  const all = [...list.options];
  const line = document.createElement("input");
  line.type = "search";
  line.className = "form-control";
  line.setAttribute("aria-controls", list.id);
  line.setAttribute("aria-label", list.labels[0]?.textContent.trim() ?? "");
  const find = () => {
    const found = choicesFor(
      all.map(({ value, text, dataset }) => ({ value, text, initials: dataset["initials"] ?? "" })),
      line.value,
      list.value,
    );
    list.replaceChildren(...all.filter(({ value }) => found.shown.has(value)));
    if (found.only !== null && list.value !== found.only) {
      list.value = found.only;
      list.dispatchEvent(new Event("change", { bubbles: true }));
    }
  };
  line.addEventListener("input", (event) => {
    if (!(event instanceof InputEvent && event.isComposing)) find();
  });
  line.addEventListener("compositionend", find);
  list.before(line);
}

customElements.define("leaders-unit", LeadersUnit);
