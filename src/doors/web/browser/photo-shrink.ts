import { exifOf, upright, withExif } from "./jpeg-exif.ts";

const LONGEST_SIDE = 2560;
const SMALL_ENOUGH_BYTES = 1_500_000;

/**
 * Makes chosen photos smaller before they are sent: a village's uplink is slow. The position inside a photo travels on,
 * because the server offers it to the reporter before removing it. Whatever cannot be shrunk is sent as it is. Where photos are
 * shown before going on, they are sent at once.
 */
class PhotoShrink extends HTMLElement {
  private says: HTMLElement | null = null;

  connectedCallback(): void {
    if (typeof DataTransfer !== "function") return;
    const adds = this.adds();
    if (adds !== null) adds.hidden = true; // choosing sends
    this.addEventListener("change", (event) => {
      if (event.target instanceof HTMLInputElement && event.target.type === "file") void this.shrink(event.target);
    });
  }

  private async shrink(input: HTMLInputElement): Promise<void> {
    const files = [...(input.files ?? [])];
    const buttons = [...(input.form?.querySelectorAll<HTMLButtonElement>("button[type=submit]") ?? [])];
    for (const button of buttons) button.disabled = true;
    this.say(this.dataset["shrinking"] ?? "");
    try {
      const chosen = new DataTransfer();
      for (const file of files) chosen.items.add(await smaller(file));
      input.files = chosen.files;
      const kilobytes = [...chosen.files].reduce((sum, file) => sum + file.size, 0) / 1024;
      this.say(
        (this.dataset["shrunk"] ?? "").replace("{count}", String(files.length)).replace("{kilobytes}", String(Math.ceil(kilobytes))),
      );
    } catch {
      this.say(""); // an old kernel: the photos go as they are
    } finally {
      for (const button of buttons) button.disabled = false;
    }
    if (files.length > 0) this.adds()?.click();
  }

  /** The button that sends what was chosen and comes back with it shown; a form that goes on to something else has none. */
  private adds(): HTMLButtonElement | null {
    return this.closest("form")?.querySelector<HTMLButtonElement>('button[name="go"][value="add"]') ?? null;
  }

  private say(words: string): void {
    if (this.says === null) {
      this.says = document.createElement("p");
      this.says.className = "hint";
      this.says.setAttribute("role", "status");
      this.append(this.says);
    }
    this.says.textContent = words;
  }
}

async function smaller(file: File): Promise<File> {
  if (file.size <= SMALL_ENOUGH_BYTES || !file.type.startsWith("image/")) return file;
  try {
    const picture = await drawn(file);
    const exif = file.type === "image/jpeg" ? exifOf(new Uint8Array(await bytesOf(file))) : null;
    const bytes = new Uint8Array(await bytesOf(picture));
    if (bytes.length >= file.size) return file;
    const turned = exif !== null && CSS.supports("image-orientation", "from-image") ? upright(exif) : exif;
    const whole = turned === null ? bytes : withExif(bytes, turned);
    return new File([whole.slice()], file.name.replace(/\.\w+$/, ".jpg"), { type: "image/jpeg" });
  } catch {
    return file; // not a picture this browser can draw (HEIC): the server can
  }
}

function drawn(file: File): Promise<Blob> {
  return new Promise((resolve, reject) => {
    const image = new Image();
    const address = URL.createObjectURL(file);
    image.addEventListener("error", () => {
      URL.revokeObjectURL(address);
      reject(new Error("not a picture"));
    });
    image.addEventListener("load", () => {
      const scale = Math.min(1, LONGEST_SIDE / Math.max(image.naturalWidth, image.naturalHeight));
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(image.naturalWidth * scale);
      canvas.height = Math.round(image.naturalHeight * scale);
      canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
      URL.revokeObjectURL(address);
      canvas.toBlob((blob) => (blob === null ? reject(new Error("not drawn")) : resolve(blob)), "image/jpeg", 0.85);
    });
    image.src = address;
  });
}

/** `Blob.arrayBuffer` is younger than the kernels we serve. */
function bytesOf(blob: Blob): Promise<ArrayBuffer> {
  return new Response(blob).arrayBuffer();
}

customElements.define("photo-shrink", PhotoShrink);
