-- A report of the inbox that turns out to be about people of the town is passed to the receivers: its rows leave the inbox's tables, its
-- words the log's side (docs/decisions/0072).

-- What lies sealed now, a report or a file that came with one. Whatever happens to it has no leaf.
create table audit.sealed_subject (
  town text collate "C" not null,
  subject uuid not null,
  primary key (town, subject)
);
insert into audit.sealed_subject (town, subject) select r.town, r.id from intake.sealed_report r;
create index sealed_event_subject on audit.sealed_event (town, subject, id);

-- Appends events, each a row of audit.event by name with its `words`: field, salt and text of each. Those about what lies sealed are
-- sealed events, whoever tells them.
create or replace function audit.append_events(town text, events jsonb) returns void language plpgsql as $$
begin
  with said as (
    select e.*, exists (select from audit.sealed_subject x where x.town = $1 and x.subject = e.subject) as sealed
    from jsonb_to_recordset(events) as e(
      id uuid, verb text, actor_kind text, actor uuid, at timestamptz, subject_kind text, subject uuid, body text, words jsonb
    )
  ), apart as (
    insert into audit.sealed_event (town, id, verb, actor_kind, actor, at, subject_kind, subject, body, words)
      select $1, s.id, s.verb, s.actor_kind, s.actor, s.at, s.subject_kind, s.subject, s.body, s.words from said s where s.sealed
  ), happened as (
    insert into audit.event (town, id, verb, actor_kind, actor, at, subject_kind, subject, body)
      select $1, s.id, s.verb, s.actor_kind, s.actor, s.at, s.subject_kind, s.subject, s.body from said s where not s.sealed
  ), waits as (
    insert into audit.waiting (town, event) select $1, s.id from said s where not s.sealed
  )
  insert into audit.private_text (town, event, field, salt, text)
    select $1, s.id, w.field, w.salt, w.text from said s, jsonb_to_recordset(s.words) as w(field text, salt bytea, text text)
    where not s.sealed;
end
$$;

-- Whatever was said of it in the inbox goes with it.
alter table intake.sealed_word drop constraint sealed_word_kind_check;
alter table intake.sealed_word add column category uuid;

-- What figures go on counting of it: a report that was referred, like any other.
create table intake.passed_report (
  town text collate "C" not null,
  id uuid not null,
  channel text not null,
  received_at timestamptz not null,
  first_answered_at timestamptz not null,
  overdue_at timestamptz,
  primary key (town, id)
);
