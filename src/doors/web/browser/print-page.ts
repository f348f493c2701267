/** A print button, where pressing it can do something. */
class PrintPage extends HTMLElement {
  connectedCallback(): void {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-lg";
    button.textContent = this.dataset["label"] ?? "";
    button.addEventListener("click", () => window.print());
    this.append(button);
  }
}

customElements.define("print-page", PrintPage);
