import { Client, type ClientConfig } from "pg";
import type { Kept } from "#test/breaking/stubborn";

type Found = { readonly title: string; readonly reports: number; readonly photos: number; readonly problems: number };

/** What of that was acknowledged is not in the database, and what is there more than once, by title. */
export async function lostAndDoubled(connection: ClientConfig, kept: Kept) {
  const rows = await foundIn(connection);
  const found = new Map(rows.map((row) => [row.title, row]));
  const isThere = (title: string) => {
    const [had, has] = [kept.get(title), found.get(title)];
    return had !== undefined && has !== undefined && has.photos >= had.photos && has.problems >= had.problems;
  };
  return {
    lost: [...kept.keys()].filter((title) => !isThere(title)),
    doubled: rows.filter(({ reports, photos, problems }) => reports > 1 || photos > 1 || problems > 1).map(({ title }) => title),
  };
}

async function foundIn(connection: ClientConfig): Promise<readonly Found[]> {
  const client = new Client(connection);
  await client.connect();
  try {
    const { rows } = await client.query<Found>(
      `select r.title, count(distinct r.id)::int as reports, count(distinct f.file)::int as photos,
              (select count(*)::int from ledger.problem p where p.title = r.title) as problems
         from intake.report r left join evidence.use f on f.town = r.town and f.subject = r.id and f.purpose = 'report'
        group by r.title`,
    );
    return rows;
  } finally {
    await client.end();
  }
}
