/** A button that copies the receipt code, which stands beside it to be marked by hand where no script runs. */
class CopyCode extends HTMLElement {
  connectedCallback(): void {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-lg";
    button.textContent = this.dataset["label"] ?? "";
    const said = document.createElement("span");
    said.className = "hint";
    said.setAttribute("role", "status");
    button.addEventListener("click", () => {
      if (copied(this.dataset["code"] ?? "")) said.textContent = ` ${this.dataset["done"] ?? ""}`;
    });
    this.append(button, said);
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

customElements.define("copy-code", CopyCode);
