/** What is selected in the texts becomes a line of the field below them, which stays the form's only word. */
class MarkWords extends HTMLElement {
  connectedCallback(): void {
    const field = this.querySelector("textarea");
    if (field === null || this.querySelector("[data-mark]") !== null) return;
    const hint = document.createElement("p");
    hint.className = "hint";
    hint.textContent = this.dataset["hint"] ?? "";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn";
    button.dataset["mark"] = "";
    button.textContent = this.dataset["button"] ?? "";
    // Pressing a button takes the selection away before its click: the text marked last counts.
    let selected = "";
    document.addEventListener("selectionchange", () => (selected = this.selected() || selected));
    button.addEventListener("click", () => {
      if (selected !== "") field.value = [...linesOf(field), selected].join("\n");
      selected = "";
    });
    const place = field.closest(".field") ?? field;
    place.before(hint, button);
  }

  /** Within one of the texts; of several lines the first. */
  private selected(): string {
    const selection = document.getSelection();
    const node = selection?.anchorNode ?? null;
    const within = node instanceof Element ? node : (node?.parentElement ?? null);
    const text = within?.closest("[data-text]") ?? null;
    if (text === null || !this.contains(text) || selection === null) return "";
    return selection.toString().trim().split("\n")[0]?.trim() ?? "";
  }
}

function linesOf(field: HTMLTextAreaElement): string[] {
  return field.value.split("\n").filter((line) => line.trim() !== "");
}

customElements.define("mark-words", MarkWords);
