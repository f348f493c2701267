-- What a file is used for: the one tie from a file to a report, a draft, a problem and whatever comes to use files. Who sees it, how long
-- it is kept and who may use it follow from the purpose (src/town/evidence/purpose.ts).
create table evidence.use (
  town text collate "C" not null references people.town,
  -- In the order in which the files of a subject are shown.
  id uuid not null,
  file text collate "C" not null,
  purpose text not null check (purpose in ('draft', 'report', 'before', 'during', 'after', 'paper')),
  -- The draft, report or problem, as the purpose says.
  subject uuid not null,
  caption text not null default '',
  actor_kind text collate "C" not null,
  actor uuid,
  used_at timestamptz not null,
  -- The file is no longer part of the subject: this use shows it to nobody any more, and the sweep looks whether it may go.
  ended_at timestamptz,
  primary key (town, id),
  foreign key (town, file) references evidence.file (town, sha256)
);
-- A file is part of a subject once.
create unique index use_standing on evidence.use (town, subject, file) where ended_at is null;
create index use_subject on evidence.use (town, subject, id);
create index use_file on evidence.use (town, file);
create index use_ended on evidence.use (town, ended_at) where ended_at is not null;

-- Ids as the program makes them: the milliseconds first, then the place among those of the same subject.
create function pg_temp.id_of(used_at timestamptz, place bigint) returns uuid language sql as $$
  select (lpad(to_hex((extract(epoch from used_at) * 1000)::bigint), 12, '0') || '7' || lpad(to_hex(place % 4096), 3, '0')
    || '8' || substr(md5(random()::text), 1, 15))::uuid
$$;

insert into evidence.use (town, id, file, purpose, subject, actor_kind, used_at)
select p.town, pg_temp.id_of(p.added_at, row_number() over (partition by p.town, p.report order by p.position)), p.sha256, 'report',
  p.report, 'resident', p.added_at
from intake.report_photo p
on conflict do nothing;

insert into evidence.use (town, id, file, purpose, subject, actor_kind, used_at)
select p.town, pg_temp.id_of(d.started_at, p.position), p.sha256, 'draft', p.draft, 'resident', d.started_at
from intake.draft_photo p join intake.draft d on d.town = p.town and d.id = p.draft
on conflict do nothing;

insert into evidence.use (town, id, file, purpose, subject, caption, actor_kind, actor, used_at)
select e.town, pg_temp.id_of(e.added_at, row_number() over (partition by e.town, e.problem order by e.added_at, e.sha256)), e.sha256, e.stage,
  e.problem, e.caption, 'officer', e.added_by, e.added_at
from ledger.problem_evidence e;

drop function pg_temp.id_of;

drop table intake.draft_photo;
drop table intake.report_photo;
drop table ledger.problem_evidence;

-- As in 0092; which photos came with a report is evidence's to keep.
drop function intake.receive_report;
create function intake.receive_report(
  town text, rules_version bigint, report uuid, channel text, category uuid, title text, details text, village uuid, place text,
  lon double precision, lat double precision, received_at timestamptz, registered_by uuid, receipt_hash bytea, first_reply_due_at timestamptz,
  search text, kinds text[], sealed bytea[], phone_mark bytea, marks bytea[], same_sending interval
) returns bigint language plpgsql as $$
declare
  now_version bigint;
  mark bytea;
begin
  select t.directory_version into strict now_version from people.town t where t.town = $1;
  if now_version <> rules_version then
    return now_version;
  end if;
  -- Of two at once the second waits here for the first one's commit, then finds its row.
  foreach mark in array marks loop
    insert into intake.sending as s (town, sameness, report, sent_at) values ($1, mark, $3, $12)
      on conflict on constraint sending_pkey do update set report = excluded.report, sent_at = excluded.sent_at
      where s.sent_at not between excluded.sent_at - same_sending and excluded.sent_at + same_sending;
    if not found then
      return now_version;
    end if;
  end loop;
  insert into intake.report (town, id, channel, status, category, title, details, village, place, lon, lat, received_at, registered_by, receipt_hash, first_reply_due_at, search)
    values ($1, $3, $4, 'received', $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16::tsvector);
  if cardinality(kinds) > 0 then
    perform vault.keep($1, $3, kinds, sealed, phone_mark, $12);
  end if;
  return null;
end
$$;
