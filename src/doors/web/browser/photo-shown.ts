/** Shows what was chosen before it is sent: one look tells whether it is the right picture. */
class PhotoShown extends HTMLElement {
  private readonly addresses: string[] = [];

  connectedCallback(): void {
    this.addEventListener("change", () => this.show());
  }

  private show(): void {
    for (const address of this.addresses.splice(0)) URL.revokeObjectURL(address);
    this.querySelector(".shown-photos")?.remove();
    const chosen = [...this.querySelectorAll<HTMLInputElement>("input[type=file]")].flatMap(({ files }) => [...(files ?? [])]);
    const row = document.createElement("p");
    row.className = "shown-photos";
    for (const file of chosen.filter(({ type }) => type.startsWith("image/"))) row.append(this.picture(file));
    this.append(row);
  }

  private picture(file: File): HTMLImageElement {
    const picture = new Image();
    picture.src = URL.createObjectURL(file);
    picture.alt = file.name;
    this.addresses.push(picture.src);
    return picture;
  }
}

customElements.define("photo-shown", PhotoShown);
