import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import sharp from "sharp";
import { RESIDENT, type Actor } from "#audit/append-event";
import { asActor } from "#people/officer";
import { newId } from "#platform/ids";
import { HOUR_MS } from "#platform/instant";
import { transact } from "#platform/town";
import { Refusal } from "#refusals";
import { aTown, type ATown } from "#test/town";
import { blackOut } from "./black-out.ts";
import { endUses } from "./end-uses.ts";
import { findPublicFile } from "./public-file.ts";
import { PURPOSES, type PurposeName } from "./purpose.ts";
import { redactFile } from "./redact-file.ts";
import { sweepFiles } from "./sweep-files.ts";
import { keepUpload, lockUploads } from "./upload.ts";
import { useFiles } from "./use-files.ts";

const WAITING_HOURS = 6;
const NAMES: readonly PurposeName[] = ["draft", "report", "before", "during", "after", "paper"];

type Upload = { readonly file: string; readonly subject: string; readonly by: Actor; readonly at: number };
type Use = { readonly file: string; readonly purpose: PurposeName; readonly subject: string; endedAt: number | null };

/** What happens to files, and beside it what the town must make of it. */
class Files {
  readonly files: string[] = [];
  readonly gone = new Set<string>();
  readonly withdrawn = new Set<string>();
  readonly standIn = new Map<string, string>();
  uploads: Upload[] = [];
  uses: Use[] = [];
  at: Date;
  readonly its: ATown;
  readonly subjects: Readonly<Record<"draft" | "report" | "problem", readonly string[]>>;
  readonly senders: readonly Actor[];

  constructor(its: ATown) {
    this.its = its;
    this.at = its.at;
    const two = () => [newId(its.at), newId(its.at)];
    this.subjects = { draft: two(), report: two(), problem: two() };
    this.senders = [RESIDENT, asActor(its.cast.wuJie), asActor(its.cast.wangLu)];
  }

  async begin(): Promise<void> {
    const { town } = this.its;
    for (let i = 0; i < 3; i += 1) {
      const noise = sharp(randomBytes(12 * 12 * 3), { raw: { width: 12, height: 12, channels: 3 } });
      const bytes = await noise.jpeg().toBuffer();
      const sha256 = await town.blobs.put(town.id, bytes);
      const row = { town: town.id, sha256, media_type: "image/jpeg", bytes: bytes.length, added_at: this.at };
      await town.db.insertInto("evidence.file").values(row).execute();
      this.files.push(sha256);
    }
  }

  shown(file: string): string {
    return this.standIn.get(file) ?? file;
  }

  async send(file: string, kind: "draft" | "report" | "problem", subject: string, by: Actor): Promise<void> {
    if (this.gone.has(file) || this.withdrawn.has(file)) return;
    const sender = by.kind === "officer" ? { officer: by.id } : { address: "192.0.2.1" };
    await transact(this.its.town, async (town) => {
      await lockUploads(town);
      await keepUpload(town, sender, this.at, { sha256: file, sentFor: { kind, id: subject }, bytes: 1 });
    });
    this.uploads = this.uploads.filter((one) => !(one.file === file && one.subject === subject && same(one.by, by)));
    this.uploads.push({ file, subject, by, at: this.at.getTime() });
  }

  mayUse(file: string, purpose: PurposeName, subject: string, by: Actor, chosenFrom: readonly string[]): boolean {
    if (PURPOSES[purpose].takes !== "photo" || PURPOSES[purpose].by !== by.kind || this.gone.has(file) || this.withdrawn.has(file))
      return false;
    const standing = this.uses.filter(({ endedAt }) => endedAt === null);
    const isSent = this.uploads.some((one) => one.file === file && one.subject === subject && same(one.by, by));
    const isChosen = standing.some(
      (use) => chosenFrom.includes(use.subject) && PURPOSES[purpose].from.includes(use.purpose) && this.shown(use.file) === file,
    );
    return isSent || isChosen || standing.some((use) => use.subject === subject && use.file === file);
  }

  async use(file: string, purpose: PurposeName, subject: string, by: Actor, chosenFrom: readonly string[]): Promise<void> {
    const may = this.mayUse(file, purpose, subject, by, chosenFrom);
    const asked = transact(this.its.town, (town) => useFiles(town, by, this.at, { files: [file], purpose, subject, chosenFrom }));
    const isMade = await asked.then(
      () => true,
      (error: unknown) => {
        assert.ok(error instanceof Refusal && error.code === "file/unknown");
        return false;
      },
    );
    assert.equal(isMade, may, `${by.kind} uses it for ${purpose}`);
    if (!may) return;
    if (!this.uses.some((use) => use.endedAt === null && use.subject === subject && use.file === file))
      this.uses.push({ file, purpose, subject, endedAt: null });
    if (!PURPOSES[purpose].waits)
      this.uploads = this.uploads.filter((one) => !(one.file === file && one.subject === subject && same(one.by, by)));
  }

  async end(subject: string, file: string): Promise<void> {
    await endUses(this.its.town, this.at, { subjects: [subject], files: [file] });
    for (const use of this.uses) if (use.subject === subject && use.file === file && use.endedAt === null) use.endedAt = this.at.getTime();
  }

  async cover(file: string): Promise<void> {
    if (this.gone.has(file) || this.withdrawn.has(file) || this.standIn.has(file)) return;
    const rectangles = [{ left: 0, top: 0, width: 50, height: 50 }];
    const copy = await blackOut(this.its.town, this.its.cast.qianWen, this.at, { file, rectangles, reason: "车牌" });
    this.files.push(copy);
    for (const [one, other] of this.standIn) if (other === file) this.standIn.set(one, copy);
    this.standIn.set(file, copy);
  }

  async withdraw(file: string): Promise<void> {
    if (this.gone.has(file) || this.withdrawn.has(file) || this.standIn.has(file)) return;
    await redactFile(this.its.town, this.its.cast.qianWen, this.at, { file, reason: "隐私" });
    for (const one of [file, ...this.files.filter((other) => this.standIn.get(other) === file)]) {
      this.withdrawn.add(one);
      this.standIn.delete(one);
    }
  }

  async sweep(hours: number): Promise<void> {
    this.at = new Date(this.at.getTime() + hours * HOUR_MS);
    await sweepFiles(this.its.town, this.at);
    const now = this.at.getTime();
    const isOver = ({ endedAt, purpose }: Use) => {
      const { keptDays } = PURPOSES[purpose];
      return endedAt !== null && keptDays !== null && endedAt + keptDays * 24 * HOUR_MS <= now;
    };
    const isUnused = ({ file, subject, at }: Upload) =>
      at + WAITING_HOURS * HOUR_MS <= now && !this.uses.some((use) => use.file === file && use.subject === subject && use.endedAt === null);
    const released = new Set([...this.uses.filter(isOver), ...this.uploads.filter(isUnused)].map(({ file }) => file));
    this.uses = this.uses.filter((use) => !isOver(use));
    this.uploads = this.uploads.filter((upload) => !isUnused(upload));
    const kept = [...this.withdrawn, ...this.standIn.keys(), ...this.standIn.values()];
    for (const file of released) {
      const isHeld = [...this.uses, ...this.uploads].some((one) => one.file === file);
      if (!isHeld && !kept.includes(file)) this.gone.add(file);
    }
  }

  isPublic(file: string): boolean {
    if (this.withdrawn.has(file) || this.standIn.has(file)) return false;
    return this.uses.some((use) => use.endedAt === null && PURPOSES[use.purpose].shown !== "never" && this.shown(use.file) === file);
  }

  /** Everybody sees a file exactly while a use shows it; what nothing uses is gone, and of what was acknowledged nothing is. */
  async assertHolds(): Promise<void> {
    const { town } = this.its;
    for (const file of this.files) {
      assert.equal((await findPublicFile(town, file)) !== null, this.isPublic(file), "public exactly while a use shows it");
      const row = await town.db.selectFrom("evidence.file").select("sha256").where("sha256", "=", file).executeTakeFirst();
      assert.equal(row === undefined, this.gone.has(file), "gone exactly when nothing holds it");
      const standing = await town.db
        .selectFrom("evidence.use")
        .select(["purpose", "subject"])
        .where("file", "=", file)
        .where("ended_at", "is", null)
        .orderBy("id")
        .execute();
      const due = this.uses.filter((use) => use.file === file && use.endedAt === null);
      assert.deepEqual(
        standing,
        due.map(({ purpose, subject }) => ({ purpose, subject })),
      );
    }
  }
}

function same(one: Actor, other: Actor): boolean {
  return one.kind === other.kind && (one.kind !== "officer" || other.kind !== "officer" || one.id === other.id);
}

type Step = readonly ["send" | "use" | "bring" | "end" | "cover" | "withdraw" | "sweep", number, number, number, number];

const steps = fc.array(
  fc.tuple(
    fc.constantFrom<Step[0][]>("send", "use", "use", "bring", "bring", "bring", "end", "end", "cover", "withdraw", "sweep", "sweep"),
    fc.nat(5),
    fc.nat(5),
    fc.nat(1),
    fc.nat(2),
  ),
  { minLength: 10, maxLength: 40 },
);

async function take(files: Files, [act, which, what, whose, by]: Step): Promise<void> {
  const file = files.files[which % files.files.length] ?? "";
  const purpose = NAMES[what] ?? "draft";
  const { of } = PURPOSES[purpose];
  const subject = files.subjects[of][whose] ?? "";
  const actor = files.senders[by] ?? RESIDENT;
  const sender = PURPOSES[purpose].by === "resident" ? RESIDENT : (files.senders[1 + (by % 2)] ?? RESIDENT);
  if (act === "send") await files.send(file, of, subject, actor);
  else if (act === "use") await files.use(file, purpose, subject, actor, which % 2 === 0 ? files.subjects.report : []);
  else if (act === "bring") {
    await files.send(file, of, subject, sender);
    await files.use(file, purpose, subject, sender, []);
  } else if (act === "end") {
    const standing = files.uses.filter(({ endedAt }) => endedAt === null);
    const ended = standing[which % Math.max(1, standing.length)];
    if (ended !== undefined) await files.end(ended.subject, ended.file);
  } else if (act === "cover") await files.cover(file);
  else if (act === "withdraw") await files.withdraw(file);
  else await files.sweep([1, 6, 24, 24 * 31, 7, 2][what] ?? 1);
}

test("everybody sees a file exactly while a use shows it, and it is kept exactly while something uses it", async (t) => {
  const its = await aTown(t);
  await fc.assert(
    fc.asyncProperty(steps, async (walk) => {
      const files = new Files(its);
      await files.begin();
      for (const step of walk) {
        await take(files, step);
        await files.assertHolds();
      }
      await files.sweep(24 * 365);
      await files.assertHolds();
    }),
    { numRuns: 12 },
  );
});
