import { numberOf } from "#ledger/problem-number";
import { checkLines, checkProblem, checkReceipt, checkWhole, type ProvenPage, type Verdict } from "./verifying.ts";

/** The page's four checks. Keys and words come with the page, so a proof file is checked without the network. */
class VerifyLog extends HTMLElement {
  connectedCallback(): void {
    const vkeys = (this.dataset["vkeys"] ?? "").split(" ");
    const on = (name: string, check: (form: HTMLFormElement) => Promise<Verdict>) => {
      const form = this.querySelector<HTMLFormElement>(`form[data-check="${name}"]`);
      form?.addEventListener("submit", (event) => {
        event.preventDefault();
        void this.tell(form, check(form));
      });
    };
    on("receipt", async (form) => checkReceipt(await fileIn(form), vkeys));
    on("number", (form) => this.number(this.numberTyped(typedIn(form)), vkeys));
    on("lines", (form) => this.lines(typedIn(form), vkeys));
    on("whole", (form) => this.whole(form, vkeys));
    this.querySelector("input[type=file]")?.addEventListener("change", (event) => {
      if (event.target instanceof HTMLInputElement) event.target.form?.requestSubmit();
    });
    this.takeDropped(vkeys);
    this.takeScanned();
  }

  /** `7` and `2026-0007` mean this town's, of the year the page was drawn in where none is said. */
  private numberTyped(typed: string): string {
    const [prefix = "", year = ""] = (this.dataset["numbers"] ?? "").split("-");
    return numberOf(typed) ?? numberOf(`${prefix}-${typed}`) ?? numberOf(`${prefix}-${year}-${typed}`) ?? typed.trim();
  }

  private number(number: string, vkeys: readonly string[]): Promise<Verdict> {
    const read = async (address: string) => {
      const response = await fetch(address);
      if (response.status === 404) return null;
      if (!response.ok) throw new Error(`couldn't read ${address}: ${response.status}`);
      const page: ProvenPage = await response.json();
      return page;
    };
    return checkProblem(read, number, vkeys);
  }

  private async lines(lines: string, vkeys: readonly string[]): Promise<Verdict> {
    const today = await (await fetch("/log/checkpoint")).text();
    return checkLines(lines, today, vkeys, async (earlier, size) => {
      const answer: { readonly proof: readonly string[] } = await (await fetch(`/log/consistency/${earlier}-${size}.json`)).json();
      return answer.proof;
    });
  }

  private async whole(form: HTMLFormElement, vkeys: readonly string[]): Promise<Verdict> {
    const bar = form.querySelector("progress");
    const read = async (path: string) => {
      const response = await fetch(`/log/${path}`);
      if (response.status === 404) return null;
      if (!response.ok) throw new Error(`couldn't read ${path}: ${response.status}`);
      return new Uint8Array(await response.arrayBuffer());
    };
    return checkWhole(read, vkeys, (done, of) => {
      if (bar !== null) [bar.value, bar.max, bar.hidden] = [done, of, false];
    });
  }

  private takeDropped(vkeys: readonly string[]): void {
    const form = this.querySelector<HTMLFormElement>('form[data-check="receipt"]');
    form?.addEventListener("dragover", (event) => event.preventDefault());
    form?.addEventListener("drop", (event) => {
      event.preventDefault();
      const file = event.dataTransfer?.files[0];
      if (file !== undefined)
        void this.tell(
          form,
          file.text().then((text) => checkReceipt(text, vkeys)),
        );
    });
  }

  /** The code on the notice board leads here with its three lines behind the #. */
  private takeScanned(): void {
    const form = this.querySelector<HTMLFormElement>('form[data-check="lines"]');
    const field = form?.querySelector("textarea");
    if (location.hash.length < 2 || form === null || field === null || field === undefined) return;
    field.value = decodeURIComponent(location.hash.slice(1));
    form.requestSubmit();
  }

  private async tell(form: HTMLFormElement, checking: Promise<Verdict>): Promise<void> {
    form.querySelector("output")?.replaceChildren(); // an earlier verdict was of something else
    const words: Readonly<Record<string, string>> = JSON.parse(this.dataset["words"] ?? "{}");
    const found = await checking.catch((): Verdict => ({ is: "unsure", because: "noAnswer", about: "" }));
    const place = form.querySelector("output");
    if (place === null) return;
    place.className = `alert alert-${{ holds: "success", fails: "danger", unreadable: "warning", unsure: "warning" }[found.is]}`;
    const title = document.createElement("b");
    title.textContent = words[found.is] ?? "";
    const why = document.createElement("p");
    why.textContent = words[found.because] ?? "";
    const about = document.createElement("code");
    about.textContent = found.about;
    place.replaceChildren(
      title,
      why,
      ...(found.about === "" ? [] : [about]),
      ...(found.entry === undefined ? [] : this.told(found.entry, words)),
    );
  }

  /** What the leaf says in a sentence, the way to its page, and its text folded. */
  private told(entry: string, words: Readonly<Record<string, string>>): readonly HTMLElement[] {
    const leaf: ToldLeaf = JSON.parse(entry);
    const titles: Readonly<Record<string, string>> = JSON.parse(this.dataset["titles"] ?? "{}");
    const sentence = document.createElement("p");
    sentence.textContent = [whenOf(leaf) + (words["afterWhen"] ?? "") + (titles[leaf.verb] ?? leaf.verb), leaf.subject?.number ?? ""].join(
      " ",
    );
    const page = document.createElement("a");
    page.href = `/log/leaf/${leaf.leaf}`;
    page.textContent = words["leafPage"] ?? "";
    const folded = document.createElement("details");
    const summary = document.createElement("summary");
    summary.textContent = words["entry"] ?? "";
    const text = document.createElement("pre");
    text.className = "leaf-text";
    text.textContent = JSON.stringify(leaf, null, 2);
    folded.append(summary, text);
    return [sentence, page, folded];
  }
}

/** Of a report a leaf tells the day alone. */
type ToldLeaf = {
  readonly leaf: number;
  readonly verb: string;
  readonly at?: string;
  readonly on?: string;
  readonly subject?: { readonly number?: string | null };
};

/** In China, as the pages say it. */
function whenOf({ at, on = "" }: ToldLeaf): string {
  const day = { timeZone: "Asia/Shanghai", year: "numeric", month: "long", day: "numeric" } as const;
  const { lang } = document.documentElement;
  return at === undefined
    ? new Date(`${on}T00:00:00+08:00`).toLocaleDateString(lang, day)
    : new Date(at).toLocaleString(lang, { ...day, hour: "2-digit", minute: "2-digit", hour12: false });
}

function typedIn(form: HTMLFormElement): string {
  return form.querySelector<HTMLInputElement | HTMLTextAreaElement>("input[type=text], textarea")?.value ?? "";
}

async function fileIn(form: HTMLFormElement): Promise<string> {
  return (await form.querySelector<HTMLInputElement>("input[type=file]")?.files?.[0]?.text()) ?? "";
}

customElements.define("verify-log", VerifyLog);
