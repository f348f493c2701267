import { sql } from "kysely";
import { mirrored, TOO_PLAIN } from "#evidence/look";
import type { Town } from "#platform/town";
import type { About, Finding } from "#verification/flag";

/**
 * Of 256 signs so many may differ, measured on 500 drawn places (test/photographed.ts): unrelated pictures differ in 83 or more, disguised
 * copies in 49 at most, but for one with a date in its corner (66). Before and after of one place are alike by nature, one pair of a
 * hundred differs in 41: within a problem fewer may differ.
 */
const MAY_DIFFER = { across: 52, within: 20 };
const MOST_FOUND = 10;
/** The very same picture is found however old; nearly the same ones are looked for among so many of the town's latest. */
const MOST_COMPARED = 20_000;

type Own = { readonly sha256: string; readonly stage: Stage; readonly addedAt: Date; readonly look: string };
type Stage = About<"same-photo">["stage"];

/**
 * A photo of this problem that was another problem's before, or nearly is, or that of this one at another stage: one picture, two
 * stories.
 */
export async function samePhotos(town: Town, problem: string): Promise<readonly Finding[]> {
  const own = await sql<Own>`
    select v.file as sha256, v.purpose as stage, v.used_at as "addedAt", f.look::text as look from evidence.use v
    join evidence.file f on f.town = v.town and f.sha256 = v.file
    where v.town = ${town.id} and v.subject = ${problem} and v.ended_at is null
      and f.look is not null and f.look <> ${TOO_PLAIN}::bit(256)`.execute(town.db);
  const nearest = new Map<string, About<"same-photo">>();
  for (const photo of own.rows)
    for (const { number, ...other } of await nearlyTheSame(town, problem, photo)) {
      const known = nearest.get(number);
      if (known === undefined || other.differs < known.differs)
        nearest.set(number, { photo: photo.sha256, stage: photo.stage, ...other, other: number });
    }
  return [...nearest].map(([number, about]) => ({ kind: "same-photo", problem, mark: `${about.photo}/${number}`, about }));
}

type Other = Pick<About<"same-photo">, "otherPhoto" | "otherStage" | "differs" | "mirrored"> & {
  readonly number: string;
};

/** The nearest first. Within one problem a picture is compared with those of other stages only, and each pair once. */
async function nearlyTheSame(town: Town, problem: string, { sha256, stage, look, addedAt }: Own): Promise<readonly Other[]> {
  const turned = mirrored(look);
  // Compared first, then looked up: hardly any is near, and a plan that looks all of them up takes a hundred times as long.
  const { rows } = await sql<Other>`
    with near as materialized (
      select c.sha256, bit_count(c.look # ${look}::bit(256))::int as straight, bit_count(c.look # ${turned}::bit(256))::int as turned
      from (
        (select sha256, look from (
          select sha256, look from evidence.file where town = ${town.id} and look is not null and look <> ${TOO_PLAIN}::bit(256)
          order by added_at desc limit ${MOST_COMPARED}
        ) latest where least(bit_count(look # ${look}::bit(256)), bit_count(look # ${turned}::bit(256))) <= ${MAY_DIFFER.across})
        union (select sha256, look from evidence.file where town = ${town.id} and look = any (array[${look}, ${turned}]::bit(256)[]))
      ) c
    )
    select d.sha256 as "otherPhoto", v.purpose as "otherStage", least(d.straight, d.turned) as differs,
      d.turned < d.straight as mirrored, p.number
    from near d
    join evidence.use v on v.town = ${town.id} and v.file = d.sha256 and v.ended_at is null
    join ledger.problem p on p.town = v.town and p.id = v.subject
    where (v.subject <> ${problem} and (v.used_at, v.subject) < (${addedAt}, ${problem}::uuid)) or (v.subject = ${problem}
      and least(d.straight, d.turned) <= ${MAY_DIFFER.within} and v.file > ${sha256} and v.purpose <> ${stage}
      and 'during' not in (v.purpose, ${stage}))
    order by 3, 1, p.ordinal limit ${MOST_FOUND}`.execute(town.db);
  return rows;
}
