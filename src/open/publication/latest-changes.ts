import { sql } from "kysely";
import { STANDING_TEXT } from "#audit/queries";
import type { Town } from "#platform/town";
import { PUBLIC_VERB_NAMES, READ_EVENT } from "./public-verbs.ts";
import { asStoryEvent, type StoryEvent, type ToldEvent } from "./story-event.ts";

/** One public event with the entry it happened to. */
export type Change = { readonly event: StoryEvent; readonly number: string; readonly title: string };

type Row = { readonly directoryVersion: number; readonly number: string | null; readonly title: string; readonly told: ToldEvent };

/** What the public may read of the last things that happened on the ledger, the latest first, in one query. */
export async function listChanges(town: Town, limit: number): Promise<{ readonly version: number; readonly changes: readonly Change[] }> {
  const { rows } = await sql<Row>`
    select t.directory_version as "directoryVersion", c.number, c.title, c.told
    from people.town t left join lateral (
      select e.id, p.number, p.title, json_build_object('id', e.id, 'verb', e.verb, 'at', e.at, 'by', e.actor_kind, 'actor',
        e.actor, 'body', e.body,
          'leaf', (select l.number from log.leaf l where l.town = e.town and l.event = e.id), 'words',
          (select json_object_agg(w.field, ${STANDING_TEXT}) from audit.private_text w where w.town = e.town and w.event = e.id)) as told
      from audit.event e join ledger.problem p on p.town = e.town and p.id = e.subject
      where e.town = ${town.id} and ${READ_EVENT} and e.verb = any (${PUBLIC_VERB_NAMES}::text[])
      order by e.id desc limit ${limit}
    ) c on true
    where t.town = ${town.id}
    order by c.id desc`.execute(town.db);
  const version = rows[0]?.directoryVersion;
  if (version === undefined) throw new Error(`couldn't list changes: no town ${town.id}`);
  const changes = rows.flatMap(({ number, title, told }) => {
    const event = number === null ? null : asStoryEvent(told);
    return number === null || event === null ? [] : [{ event, number, title }];
  });
  return { version, changes };
}
