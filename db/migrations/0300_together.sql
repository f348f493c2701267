-- What many send in one moment is written in one go: reports, their identities and their events come as lists.

drop function audit.append_event;
-- Appends events, each a row of audit.event by name with its `words`: field, salt and text of each.
create function audit.append_events(town text, events jsonb) returns void language plpgsql as $$
begin
  with said as (
    select * from jsonb_to_recordset(events) as e(
      id uuid, verb text, actor_kind text, actor uuid, at timestamptz, subject_kind text, subject uuid, body text, words jsonb
    )
  ), happened as (
    insert into audit.event (town, id, verb, actor_kind, actor, at, subject_kind, subject, body)
      select $1, s.id, s.verb, s.actor_kind, s.actor, s.at, s.subject_kind, s.subject, s.body from said s
  ), waits as (
    insert into audit.waiting (town, event) select $1, s.id from said s
  )
  insert into audit.private_text (town, event, field, salt, text)
    select $1, s.id, w.field, w.salt, w.text from said s, jsonb_to_recordset(s.words) as w(field text, salt bytea, text text);
end
$$;

drop function vault.keep;
-- Keeps identities, each of a report, with the day it was said and its sealed fields: kind, sealed, and the mark a phone is found by.
create function vault.keep(town text, identities jsonb) returns void language plpgsql as $$
begin
  with said as (
    select * from jsonb_to_recordset(identities) as i(report uuid, kept_at timestamptz, fields jsonb)
  ), held as (
    insert into vault.holding (town, report, ask_on) select $1, s.report, (s.kept_at at time zone 'Asia/Shanghai')::date from said s
      on conflict on constraint holding_pkey do nothing
  )
  insert into vault.field (town, report, kind, sealed, mark, kept_at)
    select $1, s.report, f.kind, f.sealed, f.mark, s.kept_at
      from said s, jsonb_to_recordset(s.fields) as f(kind text, sealed bytea, mark bytea)
    on conflict on constraint field_pkey do nothing;
end
$$;

drop function intake.receive_report;
-- Answers the reports that were not kept, each with the version of the rules now: moved on, or the same when the report is the twin of
-- another sending. A report has its `row`, the `mark` by which a twin is known (none where nothing can be), the version of the rules that
-- it was computed with, its `identity` for the vault (none where nobody said who they are), and its `event`.
create function intake.receive_reports(town text, reports jsonb, same_sending interval) returns table (report uuid, version bigint)
language plpgsql as $$
declare
  now_version bigint;
  kept uuid[];
begin
  select t.directory_version into strict now_version from people.town t where t.town = $1;
  with sent as (
    select * from jsonb_to_recordset(reports) as r(id uuid, received_at timestamptz, rules_version bigint, mark bytea)
      where r.rules_version = now_version
  ), claimed as (
    -- In one order, so that two goes never wait for each other. Of two sendings at once the second waits here for the first one's commit,
    -- then finds its row.
    insert into intake.sending as s (town, sameness, report, sent_at)
      select distinct on (m.mark) $1, m.mark, m.id, m.received_at from sent m where m.mark is not null order by m.mark, m.id
      on conflict on constraint sending_pkey do update set report = excluded.report, sent_at = excluded.sent_at
        where s.sent_at not between excluded.sent_at - same_sending and excluded.sent_at + same_sending
      returning s.report as id
  )
  select array(select m.id from sent m where m.mark is null union all select c.id from claimed c) into kept;

  insert into intake.report
    select p.* from jsonb_to_recordset(reports) as r(id uuid, "row" jsonb), jsonb_populate_record(null::intake.report, r.row) as p
      where r.id = any (kept);
  perform vault.keep($1, jsonb_agg(r.identity)) from jsonb_to_recordset(reports) as r(id uuid, identity jsonb)
    where r.id = any (kept) and r.identity is not null having count(*) > 0;
  perform audit.append_events($1, jsonb_agg(r.event)) from jsonb_to_recordset(reports) as r(id uuid, event jsonb)
    where r.id = any (kept) having count(*) > 0;
  return query select r.id, now_version from jsonb_to_recordset(reports) as r(id uuid) where r.id <> all (kept);
end
$$;
