import sharp from "sharp";
import { addPhoto } from "#evidence/add-photo";
import type { SentFor } from "#evidence/upload";
import type { Officer } from "#people/officer";
import { addDays, dayOf, startOf, type Day } from "#platform/instant";
import type { Town } from "#platform/town";
import type { Category } from "#limits/category";
import type { CategoryKey, OfficerKey } from "./cast.ts";
import type { Furnished } from "./furnish-demo.ts";
import { drawScene, type Moment, type Scene } from "./scenes.ts";

/** A scene, and at which moment it was photographed. */
export type Picture = readonly [Scene, Moment];

/** Where one story is played: the town, and what of it the story has brought forth so far. */
export class Stage {
  readonly #furnished: Furnished;
  readonly #today: Day;
  /** The story's reports, in the order they came. */
  readonly reports: string[] = [];
  /** The last word that its reporter added to a report. */
  readonly added = new Map<string, string>();
  #problem: string | null = null;

  constructor(furnished: Furnished, today: Day) {
    this.#furnished = furnished;
    this.#today = today;
  }

  get town(): Town {
    return this.#furnished.town;
  }

  get names(): Omit<Furnished, "town" | "categories"> {
    return this.#furnished;
  }

  get problem(): string {
    if (this.#problem === null) throw new Error("couldn't go on with a story: its problem is not open yet");
    return this.#problem;
  }

  set problem(id: string) {
    this.#problem = id;
  }

  by(key: OfficerKey): Officer {
    return this.#furnished.officer(key);
  }

  category(code: CategoryKey): Category {
    const category = this.#furnished.categories.get(code);
    if (category === undefined) throw new Error(`couldn't find the category ${code}`);
    return category;
  }

  report(index: number): string {
    const report = this.reports[index];
    if (report === undefined) throw new Error(`couldn't find report ${index} of a story`);
    return report;
  }

  /** So many days from today. */
  day(offset: number): Day {
    return addDays(this.#today, offset);
  }

  /** What a form carries: the problem and the version it is drawn from. */
  async form(): Promise<{ readonly problem: string; readonly version: number }> {
    const { version } = await this.town.db
      .selectFrom("ledger.problem")
      .select("version")
      .where("town", "=", this.town.id)
      .where("id", "=", this.problem)
      .executeTakeFirstOrThrow();
    return { problem: this.problem, version };
  }

  /** Takes the picture of a scene, as a phone would send it. */
  async photo(by: OfficerKey | null, at: Date, [scene, moment]: Picture, sentFor: SentFor): Promise<string> {
    const jpeg = await sharp(Buffer.from(drawScene(scene, moment)))
      .jpeg({ quality: 88 })
      .toBuffer();
    const sender = by === null ? { address: "demo" } : { officer: this.by(by).id };
    const { sha256 } = await addPhoto(this.town, sender, at, { bytes: jpeg, sentFor });
    return sha256;
  }
}

/** One act of a story: so many days from today (negative: before), at a time of that day in China. */
export type Step = { readonly day: number; readonly time: string; readonly act: (stage: Stage, at: Date) => Promise<void> };

/** What happens to one problem, or to a report that never becomes one, in order. */
export type Story = readonly Step[];

/** The instant of a step; nothing of today lies in the future of `at`. */
export function instantOf(step: Pick<Step, "day" | "time">, at: Date): Date {
  const [hours = 0, minutes = 0] = step.time.split(":").map(Number);
  const instant = startOf(addDays(dayOf(at), step.day)).getTime() + (hours * 60 + minutes) * 60_000;
  return new Date(Math.min(instant, at.getTime()));
}

/** One act of a story, on a day counted from the demo's own. */
export function step(day: number, time: string, act: Step["act"]): Step {
  return { day, time, act };
}

/** The clock so many minutes on. */
export function later(time: string, minutes: number): string {
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  const all = hour * 60 + minute + minutes;
  return `${String(Math.floor(all / 60)).padStart(2, "0")}:${String(all % 60).padStart(2, "0")}`;
}
