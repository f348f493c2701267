import { sql } from "kysely";
import type { Officer } from "#people/officer";
import { inTime } from "#platform/in-time";
import type { Town } from "#platform/town";
import { withoutIdentity } from "#vault/without-identity";
import { ANYWHERE, comparable, likenessOf, pairsOfPlaces, type Floor } from "./likeness.ts";
import { whyNotLookAt } from "./look-at-identity.ts";
import type { Report } from "./queries.ts";
import { tellingQuery } from "./telling-words.ts";

/** What the desk said of a report that may be said again of another: `word` is where it stands. */
export type EarlierAnswer = {
  readonly word: string;
  readonly kind: "answered" | "referred" | "declined" | "replied";
  readonly text: string;
  readonly referredTo: string;
  readonly saidAt: Date;
};

const MOST_SHOWN = 3;
/** So many of the nearest are asked whether this officer may see them. */
const MOST_ASKED = 12;
/** The latest, and as many that have the telling words, are compared. */
const MOST_COMPARED = 150;
/** As much of what was reported is compared, and as much of what was answered. */
const COMPARED = { reported: 200, answered: 100 } as const;
/** Of one category two pairs make a likeness sooner. */
const SAME_CATEGORY: Floor = { retold: 0.2, pairs: 2 };
/** By so much one of the same category stands before another that is as near. */
const CATEGORY_COUNTS = 0.1;
/** A page never waits longer for this. */
const LOOK_MS = 500;

/**
 * How the desk answered what was told in like words, the nearest first, at most three, each text once; nothing that was taken back. Out of
 * each is taken what the vault holds of whom it was said to, so it is shown to nobody who may not learn who that was (decision 0080).
 * Reports of sealed categories lie elsewhere, and those from before their category was sealed are left out. Null: it took too long to look.
 */
export async function findEarlierAnswers(town: Town, by: Officer, report: Report): Promise<readonly EarlierAnswer[] | null> {
  const telling = await tellingQuery(town, "intake.report", toldIn(report), null);
  const given = await inTime(town, LOOK_MS, (town) => answersGiven(town, report, telling));
  return given === null ? null : openTo(town, by, nearest(given, report));
}

type Given = EarlierAnswer & {
  readonly report: string;
  readonly category: string | null;
  readonly villageName: string | null;
  readonly told: string;
};

/** The latest, and what was answered to reports that have the telling words; each once. */
async function answersGiven(town: Town, report: Report, telling: string | null): Promise<readonly Given[]> {
  const latest = await given(town, report).execute();
  const told = telling === null ? [] : await toldAlike(town, report, telling).execute();
  return [...new Map([...latest, ...told].map((one) => [one.word, one])).values()];
}

function given(town: Town, report: Report) {
  const told = sql<string>`left(r.title || ' ' || r.details, ${COMPARED.reported}) || ' ' || left(w.text, ${COMPARED.answered})`;
  return town.db
    .selectFrom("intake.word as w")
    .innerJoin("intake.report as r", (join) => join.onRef("r.town", "=", "w.town").onRef("r.id", "=", "w.report"))
    .leftJoin("people.village as v", (join) => join.onRef("v.town", "=", "r.town").onRef("v.id", "=", "r.village"))
    .leftJoin("limits.category as c", (join) => join.onRef("c.town", "=", "r.town").onRef("c.id", "=", "r.category"))
    .select(["w.id as word", "w.kind", "w.text", "w.referred_to as referredTo", "w.said_at as saidAt"])
    .select(["r.id as report", "r.category", "v.name_zh as villageName", told.as("told")])
    .$narrowType<{ kind: EarlierAnswer["kind"] }>()
    .where("w.town", "=", town.id)
    .where(sql<boolean>`w.kind in ('answered', 'referred', 'declined', 'replied')`) // as its index says it
    .where("w.report", "<>", report.id)
    .where("r.status", "<>", "withdrawn")
    .where((eb) => eb.or([eb("c.sealed", "is", null), eb("c.sealed", "=", false)]))
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom("intake.word as t")
            .select("t.id")
            .whereRef("t.town", "=", "w.town")
            .whereRef("t.report", "=", "w.report")
            .whereRef("t.id", ">", "w.id")
            .where(sql<boolean>`t.kind = 'taken-back'`), // as its index says it
        ),
      ),
    )
    .orderBy("w.id", "desc")
    .limit(MOST_COMPARED);
}

/** The word index is asked first, as for candidates. */
function toldAlike(town: Town, report: Report, telling: string) {
  const found = sql<string>`any (array(
    select f.id from intake.report f where f.town = ${town.id} and f.search @@ ${telling}::tsquery limit ${MOST_COMPARED * 10}))`;
  return given(town, report).where("w.report", "=", found);
}

function nearest(given: readonly Given[], report: Report): readonly Given[] {
  const places = pairsOfPlaces(given.flatMap(({ villageName }) => villageName ?? []));
  const pairs = comparable(toldIn(report), places);
  const like = given.flatMap((one) => {
    const isOfCategory = report.category !== null && one.category === report.category;
    const alike = likenessOf(pairs, comparable(one.told, places), isOfCategory ? SAME_CATEGORY : ANYWHERE);
    return alike === null ? [] : [{ near: alike + (isOfCategory ? CATEGORY_COUNTS : 0), one }];
  });
  const ranked = like.sort((a, b) => b.near - a.near || (a.one.word < b.one.word ? 1 : -1));
  // The first of each text stays in its place.
  return [...new Map(ranked.toReversed().map(({ one }) => [one.text, one])).values()].toReversed();
}

function toldIn({ title, details }: Report): string {
  return `${title} ${details}`.slice(0, COMPARED.reported);
}

async function openTo(town: Town, by: Officer, nearest: readonly Given[]): Promise<readonly EarlierAnswer[]> {
  const open = new Map<string, EarlierAnswer>();
  for (const { report, word, kind, referredTo, saidAt, ...one } of nearest.slice(0, MOST_ASKED)) {
    if (open.size === MOST_SHOWN) break;
    if ((await whyNotLookAt(town, by, report)) !== null) continue;
    const text = await withoutIdentity(town, report, one.text);
    if (!open.has(text)) open.set(text, { word, kind, text, referredTo, saidAt });
  }
  return [...open.values()];
}
