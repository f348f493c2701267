/** A button that copies a text, where pressing it can do something. */
class CopyText extends HTMLElement {
  connectedCallback(): void {
    if (!("clipboard" in navigator)) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn no-print";
    button.textContent = this.dataset["label"] ?? "";
    button.addEventListener("click", () => void this.#copy(button));
    this.replaceChildren(button);
  }

  async #copy(button: HTMLButtonElement): Promise<void> {
    await navigator.clipboard.writeText(this.dataset["text"] ?? "");
    button.textContent = this.dataset["done"] ?? "";
  }
}

customElements.define("copy-text", CopyText);
