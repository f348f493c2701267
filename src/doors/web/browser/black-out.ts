type Rectangle = { readonly left: number; readonly top: number; readonly width: number; readonly height: number };

/** Rectangles drawn with a finger or a mouse on the picture become lines of the field below it, which stays the form's only word. */
class BlackOut extends HTMLElement {
  private drawn: Rectangle[] = [];
  private readonly sheet = document.createElement("div");

  connectedCallback(): void {
    const picture = this.querySelector("img");
    if (picture === null || this.querySelector(".black-out-sheet") !== null) return;
    this.sheet.className = "black-out-sheet";
    picture.replaceWith(this.sheet);
    this.sheet.append(picture);
    picture.draggable = false;
    const hint = document.createElement("p");
    hint.className = "hint";
    hint.textContent = this.dataset["hint"] ?? "";
    const undo = document.createElement("button");
    undo.type = "button";
    undo.className = "btn";
    undo.textContent = this.dataset["undo"] ?? "";
    undo.addEventListener("click", () => this.show(this.drawn.slice(0, -1)));
    this.sheet.before(hint);
    this.sheet.after(undo);
    this.sheet.addEventListener("pointerdown", (event) => this.draw(event));
    const field = this.field();
    field?.addEventListener("change", () => this.show(read(field.value)));
    this.show(read(field?.value ?? ""));
  }

  private field(): HTMLTextAreaElement | null {
    return this.querySelector("textarea");
  }

  private draw(start: PointerEvent): void {
    start.preventDefault();
    this.sheet.setPointerCapture(start.pointerId);
    const from = this.place(start);
    const before = this.drawn;
    const move = (event: PointerEvent) => this.show([...before, between(from, this.place(event))]);
    const end = (event: PointerEvent) => {
      this.sheet.removeEventListener("pointermove", move);
      const last = between(from, this.place(event));
      this.show(last.width < 0.5 || last.height < 0.5 ? before : [...before, last]);
    };
    this.sheet.addEventListener("pointermove", move);
    this.sheet.addEventListener("pointerup", end, { once: true });
  }

  /** Hundredths of the picture. */
  private place(event: PointerEvent): readonly [number, number] {
    const box = this.sheet.getBoundingClientRect();
    const within = (share: number) => Math.round(Math.min(1, Math.max(0, share)) * 1000) / 10;
    return [within((event.clientX - box.left) / box.width), within((event.clientY - box.top) / box.height)];
  }

  private show(rectangles: readonly Rectangle[]): void {
    this.drawn = [...rectangles];
    for (const old of this.sheet.querySelectorAll(".black-out-part")) old.remove();
    for (const { left, top, width, height } of rectangles) {
      const part = document.createElement("div");
      part.className = "black-out-part";
      Object.assign(part.style, { left: `${left}%`, top: `${top}%`, width: `${width}%`, height: `${height}%` });
      this.sheet.append(part);
    }
    const field = this.field();
    if (field !== null) field.value = rectangles.map(({ left, top, width, height }) => `${left} ${top} ${width} ${height}`).join("\n");
  }
}

function between([x1, y1]: readonly [number, number], [x2, y2]: readonly [number, number]): Rectangle {
  const tenth = (value: number) => Math.round(value * 10) / 10;
  return { left: Math.min(x1, x2), top: Math.min(y1, y2), width: tenth(Math.abs(x2 - x1)), height: tenth(Math.abs(y2 - y1)) };
}

function read(typed: string): Rectangle[] {
  return typed.split("\n").flatMap((line) => {
    const numbers = line
      .trim()
      .split(/[\s,，]+/)
      .map(Number);
    const [left, top, width, height] = numbers;
    if (numbers.length !== 4 || left === undefined || top === undefined || width === undefined || height === undefined) return [];
    return numbers.every((value) => Number.isFinite(value)) ? [{ left, top, width, height }] : [];
  });
}

customElements.define("black-out", BlackOut);
