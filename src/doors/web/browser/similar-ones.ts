const REST_MS = 600;
/** What says what it is, at any length; the town reads no more of it. */
const MOST_CHARACTERS = 600;

/**
 * What may be the same, beside the form in which it is told: asked for once the typing rests, the older request given up. What does not
 * come changes nothing. The button that asks without a script stands there until this one begins.
 */
class SimilarOnes extends HTMLElement {
  private resting = 0;
  private asking: AbortController | null = null;
  private asked = "";

  connectedCallback(): void {
    const form = this.form();
    if (form === null) return;
    const begin = () => this.begin(form);
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
    else begin();
  }

  disconnectedCallback(): void {
    window.clearTimeout(this.resting);
    this.asking?.abort();
  }

  private form(): HTMLFormElement | null {
    const named = document.getElementById(this.dataset["form"] ?? "");
    return named instanceof HTMLFormElement ? named : this.closest("form");
  }

  private begin(form: HTMLFormElement): void {
    for (const button of document.querySelectorAll<HTMLElement>(`[data-asks="${this.id}"]`)) button.hidden = true;
    this.asked = this.typed(form).toString();
    form.addEventListener("input", (event) => {
      if (event.target instanceof Node && this.contains(event.target)) return;
      window.clearTimeout(this.resting);
      this.resting = window.setTimeout(() => void this.ask(form), REST_MS);
    });
    this.addEventListener("submit", (event) => this.say(event));
  }

  private typed(form: HTMLFormElement): URLSearchParams {
    const fields = (this.dataset["fields"] ?? "").split(" ");
    return new URLSearchParams(fields.map((name) => [name, wordsIn(form, name).slice(0, MOST_CHARACTERS)]));
  }

  private async ask(form: HTMLFormElement): Promise<void> {
    const typed = this.typed(form);
    if (typed.toString() === this.asked) return;
    this.asked = typed.toString();
    this.asking?.abort();
    this.asking = new AbortController();
    const chosen = this.querySelector<HTMLInputElement>("input[type=radio]:checked")?.value ?? "";
    const text = await textOf(this.dataset["action"] ?? "", typed, this.asking.signal);
    if (text === null) return;
    this.innerHTML = text;
    const again = chosen === "" ? null : this.querySelector<HTMLInputElement>(`input[type=radio][value="${CSS.escape(chosen)}"]`);
    if (again !== null) again.checked = true;
  }

  /** A button inside answers where it stands, so that what is typed around it stays. */
  private say(event: SubmitEvent): void {
    const { target } = event;
    if (!(target instanceof HTMLFormElement)) return;
    event.preventDefault();
    const form = this.form();
    const fields = new URLSearchParams(form === null ? [] : this.typed(form));
    fields.set("problem", wordsIn(target, "problem"));
    fields.set("here", "1");
    void this.answer(target, fields);
  }

  private async answer(said: HTMLFormElement, fields: URLSearchParams): Promise<void> {
    const text = await textOf(said.action, fields, null);
    if (text === null) said.submit();
    else this.innerHTML = text;
  }
}

function wordsIn(form: HTMLFormElement, name: string): string {
  const said = new FormData(form).get(name);
  return typeof said === "string" ? said : "";
}

/** Null when it does not come, or something else does. */
async function textOf(address: string, body: URLSearchParams, signal: AbortSignal | null): Promise<string | null> {
  try {
    const answer = await fetch(address, { method: "POST", body, signal, redirect: "error" });
    return answer.ok && answer.headers.get("x-part") === "similar" ? await answer.text() : null;
  } catch {
    return null; // given up for a newer one, or no network
  }
}

customElements.define("similar-ones", SimilarOnes);
