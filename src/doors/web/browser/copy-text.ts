/** A button that copies a text; where the text stands beside it, it can be marked by hand as well, and needs no script. */
class CopyText extends HTMLElement {
  connectedCallback(): void {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn no-print";
    button.textContent = this.dataset["label"] ?? "";
    const said = document.createElement("span");
    said.className = "hint no-print";
    said.setAttribute("role", "status");
    button.addEventListener("click", () => {
      if (copied(this.dataset["text"] ?? "")) said.textContent = ` ${this.dataset["done"] ?? ""}`;
    });
    this.replaceChildren(button, said);
  }
}

/** The clipboard's own interface is refused to pages without HTTPS and to many a chat's browser; a marked field is copied everywhere. */
function copied(text: string): boolean {
  const field = document.createElement("textarea");
  field.value = text;
  field.style.position = "fixed";
  field.style.opacity = "0";
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  return done;
}

customElements.define("copy-text", CopyText);
