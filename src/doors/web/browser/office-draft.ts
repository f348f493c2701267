const PLACE = "sanwen-office-draft/";

/**
 * Keeps what an officer types in a form of the office, in this tab, until it is done: a look at another act or page loses nothing. It is
 * the officer's own, and signing out forgets it. Nothing of an identity is ever inside: where a name or a number is asked for, no such
 * element stands around the field.
 */
class OfficeDraft extends HTMLElement {
  connectedCallback(): void {
    forget((place) => !place.startsWith(`${PLACE}${this.dataset["officer"] ?? ""}/`));
    if (this.dataset["done"] !== undefined) return forget((place) => place.startsWith(this.place()));
    // A form that came back holds what was sent, which is newer than what is kept.
    if (this.dataset["returned"] === undefined) this.restore();
    else this.keep();
    this.addEventListener("input", () => this.keep());
  }

  private typed(): (HTMLInputElement | HTMLTextAreaElement)[] {
    return [...this.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("input[type=text], textarea")];
  }

  private restore(): void {
    const kept = new URLSearchParams(sessionStorage.getItem(this.place()) ?? "");
    for (const field of this.typed()) field.value = kept.get(field.name) ?? field.value;
  }

  private keep(): void {
    const changed = this.typed().filter(({ value, defaultValue }) => value !== defaultValue || this.dataset["returned"] !== undefined);
    const kept = new URLSearchParams(changed.map(({ name, value }) => [name, value]));
    try {
      sessionStorage.setItem(this.place(), kept.toString());
    } catch {
      // Storage is full: what was typed stays on the page.
    }
  }

  private place(): string {
    return `${PLACE}${this.dataset["officer"] ?? ""}/${this.dataset["name"] ?? ""}`;
  }
}

function forget(isOver: (place: string) => boolean): void {
  const places = Object.keys(sessionStorage).filter((place) => place.startsWith(PLACE));
  for (const place of places.filter(isOver)) sessionStorage.removeItem(place);
}

document.addEventListener("submit", ({ target }) => {
  if (target instanceof HTMLFormElement && target.action.endsWith("/office/sign-out")) forget(() => true);
});

customElements.define("office-draft", OfficeDraft);
