-- The public log. An event commits with its cause; the sequencer then gives it a place: insert-only rows beside the event, so that
-- nobody needs the right to change an event.
alter table audit.event drop column leaf;

-- Events without a place yet. No key, no index: appending costs one line, and the sequencer empties it several times a second.
create table audit.waiting (
  town text collate "C" not null,
  event uuid not null
);
insert into audit.waiting (town, event) select town, id from audit.event order by town, id;

create or replace function audit.append_event(
  town text, id uuid, verb text, actor_kind text, actor uuid, at timestamptz, subject_kind text, subject uuid, body text,
  fields text[], salts bytea[], texts text[]
) returns uuid language plpgsql as $$
begin
  insert into audit.event (town, id, verb, actor_kind, actor, at, subject_kind, subject, body)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9);
  insert into audit.waiting (town, event) values ($1, $2);
  for i in 1 .. cardinality(fields) loop
    insert into audit.private_text (town, event, field, salt, text) values ($1, $2, fields[i], salts[i], texts[i]);
  end loop;
  return id;
end
$$;

create schema proof;

-- The leaves, in order. `entry` is the very text that is hashed; `salt` opens its commitment to the whole event.
create table proof.leaf (
  town text collate "C" not null,
  number bigint not null check (number >= 0),
  event uuid not null,
  salt bytea not null,
  entry text not null,
  primary key (town, number),
  unique (town, event)
);

-- Hashes, as C2SP tlog-tiles serves them: up to 256 of 32 bytes. A tile grows to its full width and then never changes; every
-- narrower one published before is a beginning of it.
create table proof.tile (
  town text collate "C" not null,
  level smallint not null check (level >= 0),
  number bigint not null check (number >= 0),
  hashes bytea not null check (length(hashes) between 32 and 8192 and length(hashes) % 32 = 0),
  primary key (town, level, number)
);

-- How far the tiles reach.
create table proof.tree (
  town text collate "C" not null,
  size bigint not null check (size >= 0),
  root bytea not null,
  primary key (town)
);

-- What was signed and shown, one a size.
create table proof.checkpoint (
  town text collate "C" not null,
  size bigint not null check (size > 0),
  note text not null,
  signed_at timestamptz not null,
  primary key (town, size)
);

-- Those asked to cosign, by C2SP tlog-witness.
create table proof.witness (
  town text collate "C" not null,
  name text not null,
  vkey text not null,
  url text not null,
  added_at timestamptz not null,
  -- How large a tree it has seen, as far as we know.
  known_size bigint not null default 0,
  failed_at timestamptz,
  failure text,
  primary key (town, name)
);

create table proof.cosignature (
  town text collate "C" not null,
  size bigint not null,
  witness text not null,
  line text not null,
  cosigned_at timestamptz not null,
  primary key (town, size, witness)
);
create index cosignature_newest on proof.cosignature (town, witness, size desc);

-- Other towns' logs that this town watches: the newest checkpoint it has cosigned.
create table proof.watched (
  town text collate "C" not null,
  origin text not null,
  vkey text not null,
  size bigint not null default 0,
  root bytea,
  seen_at timestamptz,
  added_at timestamptz not null,
  -- Watched no more; what was seen stays, so that watching again goes on from there.
  ended_at timestamptz,
  primary key (town, origin),
  check ((size = 0) = (root is null))
);
