-- Receiving takes a row by name instead of twenty values by place. Its category and its village were read under the version that is
-- compared in the same statement, and neither is ever deleted; asking for them again locked two rows of the town's settings with every
-- report, and those of people.town with every contact.
alter table intake.report drop constraint report_town_category_fkey;
alter table intake.report drop constraint report_town_village_fkey;
alter table vault.field drop constraint field_town_fkey;
alter table vault.holding drop constraint holding_town_fkey;

drop function intake.receive_report;
-- Answers null when the report is kept. Otherwise nothing is kept, and the answer is the version of the rules now: moved on, or the same
-- when the report is the twin of another sending. `mark` is null where nothing can be known to be the same.
create function intake.receive_report(
  town text, rules_version bigint, columns jsonb, kinds text[], sealed bytea[], phone_mark bytea, mark bytea, same_sending interval
) returns bigint language plpgsql as $$
declare
  now_version bigint;
  report intake.report := jsonb_populate_record(null::intake.report, columns);
begin
  report.town := $1;
  select t.directory_version into strict now_version from people.town t where t.town = $1;
  if now_version <> rules_version then
    return now_version;
  end if;
  if mark is not null then
    -- Of two at once the second waits here for the first one's commit, then finds its row.
    insert into intake.sending as s (town, sameness, report, sent_at) values ($1, mark, report.id, report.received_at)
      on conflict on constraint sending_pkey do update set report = excluded.report, sent_at = excluded.sent_at
      where s.sent_at not between excluded.sent_at - same_sending and excluded.sent_at + same_sending;
    if not found then
      return now_version;
    end if;
  end if;
  insert into intake.report values (report.*);
  if cardinality(kinds) > 0 then
    perform vault.keep($1, report.id, kinds, sealed, phone_mark, report.received_at);
  end if;
  return null;
end
$$;

create or replace function audit.append_event(
  town text, id uuid, verb text, actor_kind text, actor uuid, at timestamptz, subject_kind text, subject uuid, body text,
  fields text[], salts bytea[], texts text[]
) returns uuid language plpgsql as $$
begin
  insert into audit.event (town, id, verb, actor_kind, actor, at, subject_kind, subject, body)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9);
  insert into audit.waiting (town, event) values ($1, $2);
  if cardinality(fields) > 0 then
    insert into audit.private_text (town, event, field, salt, text)
      select $1, $2, said.field, said.salt, said.text from unnest(fields, salts, texts) as said (field, salt, text);
  end if;
  return id;
end
$$;
