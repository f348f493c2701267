import { sql } from "kysely";
import { mirrored, TOO_PLAIN } from "#evidence/look";
import type { Town } from "#platform/town";
import type { About, Finding } from "./flag.ts";

/**
 * Of 256 signs so many may differ, measured on 500 drawn places (test/photographed.ts): unrelated pictures differ in 83 or more, disguised
 * copies in 49 at most, but for one with a date in its corner (66). Before and after of one place are alike by nature, one pair of a
 * hundred differs in 41: within a problem fewer may differ.
 */
const MAY_DIFFER = { across: 52, within: 20 };
const MOST_FOUND = 10;

type Own = { readonly sha256: string; readonly stage: Stage; readonly addedAt: Date; readonly look: string };
type Stage = About<"same-photo">["stage"];

/**
 * A photo of this problem that was another problem's before, or nearly is, or that of this one at another stage: one picture, two
 * stories.
 */
export async function samePhotos(town: Town, problem: string): Promise<readonly Finding[]> {
  const own = await sql<Own>`
    select v.sha256, v.stage, v.added_at as "addedAt", f.look::text as look from ledger.problem_evidence v
    join evidence.file f on f.town = v.town and f.sha256 = v.sha256
    where v.town = ${town.id} and v.problem = ${problem} and f.look is not null and f.look <> ${TOO_PLAIN}::bit(256)`.execute(town.db);
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
  const { rows } = await sql<Other>`
    select d.sha256 as "otherPhoto", v.stage as "otherStage", least(d.straight, d.turned) as differs,
      d.turned < d.straight as mirrored, p.number
    from (
      select f.town, f.sha256, bit_count(f.look # ${look}::bit(256))::int as straight,
        bit_count(f.look # ${mirrored(look)}::bit(256))::int as turned
      from evidence.file f where f.town = ${town.id} and f.look is not null and f.look <> ${TOO_PLAIN}::bit(256)
    ) d
    join ledger.problem_evidence v on v.town = d.town and v.sha256 = d.sha256
    join ledger.problem p on p.town = v.town and p.id = v.problem
    where least(d.straight, d.turned) <= ${MAY_DIFFER.across}
      and ((v.problem <> ${problem} and (v.added_at, v.problem) < (${addedAt}, ${problem}::uuid)) or (v.problem = ${problem}
        and least(d.straight, d.turned) <= ${MAY_DIFFER.within} and v.sha256 > ${sha256} and v.stage <> ${stage}
        and 'during' not in (v.stage, ${stage})))
    order by 3, 1 limit ${MOST_FOUND}`.execute(town.db);
  return rows;
}
