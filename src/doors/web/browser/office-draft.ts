const PLACE = "sanwen-office-draft/";
const KEPT_MS = 3 * 86_400_000;

/** `sent`: the key of the form that it was last sent with. */
type Kept = { until: number; sent: string; fields: Record<string, string> };

/**
 * Keeps what an officer types in a form of the office, on this computer, until it is done: a look at another act or page loses nothing. A
 * note says so and throws it away. It is the officer's own, goes after three days, and signing out forgets it: the next person here may be
 * somebody else. Nothing of an identity is ever inside: where a name or a number is asked for, no such element stands around the field.
 */
class OfficeDraft extends HTMLElement {
  private readonly note = document.createElement("p");

  connectedCallback(): void {
    forget((place) => !place.startsWith(`${PLACE}${this.dataset["officer"] ?? ""}/`));
    if (this.dataset["done"] !== undefined) return forget((place) => place.startsWith(this.place()));
    this.drawNote();
    // A form that came back holds what was sent, which is newer than what is kept.
    if (this.dataset["returned"] === undefined) this.restore();
    else this.keep("");
    this.addEventListener("input", () => this.keep(""));
    this.closest("form")?.addEventListener("submit", ({ target }) => this.keep(keyOf(target)));
  }

  private drawNote(): void {
    const discard = document.createElement("button");
    discard.type = "button";
    discard.className = "btn";
    discard.textContent = this.dataset["discard"] ?? "";
    discard.addEventListener("click", () => this.discard());
    this.note.className = "office-draft-note";
    this.note.setAttribute("role", "status");
    this.note.hidden = true;
    this.note.replaceChildren(this.dataset["kept"] ?? "", discard);
    // Behind the button that sends: whoever fills the form by keyboard meets no stop between its fields.
    (this.closest("form") ?? this).append(this.note);
  }

  private typed(): (HTMLInputElement | HTMLTextAreaElement)[] {
    return [...this.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("input[type=text], textarea")];
  }

  private restore(): void {
    const kept = read(this.place());
    for (const field of this.typed()) field.value = kept?.fields[field.name] ?? field.value;
    this.note.hidden = kept === null;
  }

  private keep(sent: string): void {
    const isReturned = this.dataset["returned"] !== undefined;
    const changed = this.typed().filter(({ value, defaultValue }) => value !== (isReturned ? "" : defaultValue));
    const fields = Object.fromEntries(changed.map(({ name, value }) => [name, value]));
    this.note.hidden = changed.length === 0 || !write(this.place(), { until: Date.now() + KEPT_MS, sent, fields });
    if (changed.length === 0) forget((place) => place === this.place());
  }

  private discard(): void {
    forget((place) => place === this.place());
    for (const field of this.typed()) field.value = this.dataset["returned"] === undefined ? field.defaultValue : "";
    this.note.hidden = true;
    this.typed()[0]?.focus();
  }

  private place(): string {
    return `${PLACE}${this.dataset["officer"] ?? ""}/${this.dataset["name"] ?? ""}`;
  }
}

function keyOf(form: EventTarget | null): string {
  const key = form instanceof HTMLFormElement ? form.elements.namedItem("form_key") : null;
  return key instanceof HTMLInputElement ? key.value : "";
}

/** False where storage is full or forbidden: what was typed stays on the page. */
function write(place: string, kept: Kept): boolean {
  try {
    localStorage.setItem(place, JSON.stringify(kept));
    return true;
  } catch {
    return false;
  }
}

function read(place: string): Kept | null {
  try {
    const kept: Kept | null = JSON.parse(localStorage.getItem(place) ?? "null");
    return kept;
  } catch {
    return null;
  }
}

function forget(isOver: (place: string) => boolean): void {
  try {
    const places = Object.keys(localStorage).filter((place) => place.startsWith(PLACE));
    for (const place of places.filter(isOver)) localStorage.removeItem(place);
  } catch {
    // Storage is forbidden: nothing was kept.
  }
}

document.addEventListener("submit", ({ target }) => {
  if (target instanceof HTMLFormElement && target.action.endsWith("/office/sign-out")) forget(() => true);
});

// Before a form is filled again: what the town has done since (form/done-cookie.ts), and what is too old.
const done = /(?:^|; )form_done=([0-9a-f-]{36})/.exec(document.cookie)?.[1];
forget((place) => {
  const kept = read(place);
  return kept === null || kept.until < Date.now() || (done !== undefined && kept.sent === done);
});

customElements.define("office-draft", OfficeDraft);
