-- Everything that happened, once, in order of id (UUIDv7). The application may insert and read, nothing else: see db/grants.sql.
create schema audit;

create table audit.event (
  town text collate "C" not null,
  id uuid not null,
  -- The place in the public log, given in commit order by the sequencer; null until then.
  leaf bigint,
  verb text not null,
  actor_kind text not null check (actor_kind in ('officer', 'resident', 'system')),
  actor uuid,
  at timestamptz not null,
  subject_kind text not null,
  subject uuid not null,
  -- Canonical JSON (RFC 8785) kept as the very bytes that will be hashed. Free text and names stand in it only as commitments.
  body text not null,
  primary key (town, id),
  check ((actor_kind = 'officer') = (actor is not null))
);
create index event_subject on audit.event (town, subject, id);
create index event_actor on audit.event (town, actor, id) where actor is not null;
create index event_verb on audit.event (town, verb, id);

-- The words behind a commitment: commitment = SHA-256(salt || UTF-8 text). Redacting empties the text and keeps the event whole.
create table audit.private_text (
  town text collate "C" not null,
  event uuid not null,
  field text not null,
  salt bytea not null,
  text text,
  redacted_at timestamptz,
  primary key (town, event, field),
  foreign key (town, event) references audit.event (town, id),
  check ((text is null) = (redacted_at is not null))
);
