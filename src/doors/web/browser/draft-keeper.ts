const DAY_MS = 86_400_000;

type Kept = { until: number; fields: Record<string, string> };

/**
 * Keeps what is being typed in this browser, for a day, until it is sent. Only the words of the report: never a name or
 * a phone number, because the next person at this screen may be somebody else.
 */
class DraftKeeper extends HTMLElement {
  connectedCallback(): void {
    if (this.dataset["clear"] !== undefined) return this.forget();
    // Children of a parsed element may not be there yet in old kernels.
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => this.begin());
    else this.begin();
  }

  private begin(): void {
    const { fields } = this.read();
    for (const field of this.typed()) if (field.value === "") field.value = fields[field.name] ?? "";
    this.addEventListener("input", () => this.keep());
    const clearing = this.dataset["clearOn"];
    if (clearing !== undefined) this.querySelector(`button[value="${clearing}"]`)?.addEventListener("click", () => this.forget());
  }

  private typed(): (HTMLInputElement | HTMLTextAreaElement)[] {
    return [...this.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("input[type=text], textarea")];
  }

  private keep(): void {
    const { fields } = this.read();
    for (const field of this.typed()) fields[field.name] = field.value;
    try {
      localStorage.setItem(this.place(), JSON.stringify({ until: Date.now() + DAY_MS, fields }));
    } catch {
      // Storage is full or forbidden: the server's draft is still kept at every step.
    }
  }

  private read(): Kept {
    try {
      const kept: Kept = JSON.parse(localStorage.getItem(this.place()) ?? "null") ?? { until: 0, fields: {} };
      return kept.until > Date.now() ? kept : { until: 0, fields: {} };
    } catch {
      return { until: 0, fields: {} };
    }
  }

  private forget(): void {
    try {
      localStorage.removeItem(this.place());
    } catch {
      // Storage is forbidden: nothing was kept.
    }
  }

  private place(): string {
    return `sanwen-draft-${this.dataset["name"] ?? ""}`;
  }
}

customElements.define("draft-keeper", DraftKeeper);
