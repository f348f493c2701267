-- The identity vault: who sent a report, field by field, each sealed under a key that is not in the database. Reports are known
-- here by their id alone; nothing of this schema is joined to anything but by that.
create schema vault;

create table vault.field (
  town text collate "C" not null references people.town,
  report uuid not null,
  kind text collate "C" not null check (kind in ('name', 'phone', 'email', 'wechat', 'address')),
  -- Its first byte names the algorithms: 1 AES-256-GCM, 2 SM4-CBC with HMAC-SM3 (src/platform/sealing.ts).
  sealed bytea not null,
  -- Of a phone: keyed hash of its digits, by which the desk finds a caller's reports. Says nothing without the key.
  mark bytea,
  kept_at timestamptz not null,
  primary key (town, report, kind),
  check (mark is null or kind = 'phone')
);
create index field_mark on vault.field (town, mark) where mark is not null;

-- Who looked, called or searched, when, why; and until when what a look opened stays open to them.
create table vault.look (
  town text collate "C" not null references people.town,
  id uuid not null,
  report uuid not null,
  kind text not null check (kind in ('look', 'call')),
  looked_by uuid not null,
  looked_at timestamptz not null,
  open_until timestamptz,
  reason_class text not null check (reason_class in ('call-back', 'clarify', 'danger', 'authority', 'other')),
  -- What the officer wrote; sealed like a field, because it may name the person.
  sealed_reason bytea not null,
  primary key (town, id)
);
create index look_report on vault.look (town, report, id);
create index look_at on vault.look (town, looked_at);

-- That something was erased, for the reporter to read later; the proof is the leaf.
create table vault.erasure (
  town text collate "C" not null references people.town,
  report uuid not null,
  erased_at timestamptz not null,
  because text not null check (because in ('asked', 'retention')),
  event uuid not null,
  primary key (town, report, event)
);

-- Contacts sealed whole by an earlier version, until the program has sorted them into fields (src/vault/sort-older.ts).
create table vault.unsorted (
  town text collate "C" not null,
  report uuid not null,
  sealed bytea not null,
  primary key (town, report)
);
insert into vault.unsorted (town, report, sealed) select town, report, sealed from intake.identity;
insert into vault.look (town, id, report, kind, looked_by, looked_at, reason_class, sealed_reason)
  select town, id, report, 'look', looked_by, looked_at, 'other', ''::bytea from intake.identity_look;
drop table intake.identity_look;
drop table intake.identity;

create function vault.keep(town text, report uuid, kinds text[], sealed bytea[], phone_mark bytea, at timestamptz) returns void
language plpgsql as $$
begin
  for i in 1 .. cardinality(kinds) loop
    insert into vault.field (town, report, kind, sealed, mark, kept_at)
      values ($1, $2, kinds[i], sealed[i], case when kinds[i] = 'phone' then phone_mark end, $6)
      on conflict on constraint field_pkey do nothing;
  end loop;
end
$$;

-- As in 0017; who sent it goes to the vault.
drop function intake.receive_report;
create function intake.receive_report(
  town text, rules_version bigint, report uuid, channel text, category uuid, title text, details text, village uuid, place text,
  lon double precision, lat double precision, received_at timestamptz, registered_by uuid, receipt_hash bytea, first_reply_due_at timestamptz,
  search text, kinds text[], sealed bytea[], phone_mark bytea, photos text[], marks bytea[], same_sending interval
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
  for i in 1 .. cardinality(photos) loop
    insert into intake.report_photo (town, report, position, sha256, added_at) values ($1, $3, i, photos[i], $12);
  end loop;
  if cardinality(kinds) > 0 then
    perform vault.keep($1, $3, kinds, sealed, phone_mark, $12);
  end if;
  return null;
end
$$;

-- How long who sent a report is kept after its matter has ended, by category; how long looks are remembered, at least 184 days
-- (six months, as the Cybersecurity Law asks of logs).
alter table rules.category add column retention_days integer not null default 365 check (retention_days between 30 and 3650);
alter table rules.policy add column security_log_days integer not null default 365 check (security_log_days between 184 and 3650);
