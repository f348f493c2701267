/** A button that copies a text, where pressing it can do something. */
class CopyText extends HTMLElement {
  connectedCallback(): void {
    if (!("clipboard" in navigator)) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn no-print";
    button.textContent = this.dataset["label"] ?? "";
    button.addEventListener("click", () => {
      void navigator.clipboard.writeText(this.dataset["text"] ?? "").then(() => {
        button.textContent = this.dataset["done"] ?? "";
      });
    });
    this.replaceChildren(button);
  }
}

customElements.define("copy-text", CopyText);
