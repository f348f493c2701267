-- Files by their SHA-256. The bytes lie in the blob folder; here stands what they are.
create schema evidence;

create table evidence.file (
  town text collate "C" not null references people.town,
  sha256 text collate "C" not null check (sha256 ~ '^[0-9a-f]{64}$'),
  media_type text not null,
  bytes integer not null,
  width integer,
  height integer,
  -- The same picture made small for lists and phones, a file of its own in the blob folder.
  thumbnail_sha256 text collate "C",
  added_at timestamptz not null,
  added_by uuid,
  primary key (town, sha256)
);

-- Withdrawn from sight for privacy; the bytes go, the row and its reason stay.
create table evidence.redaction (
  town text collate "C" not null,
  sha256 text collate "C" not null,
  redacted_at timestamptz not null,
  redacted_by uuid not null,
  reason text not null,
  primary key (town, sha256),
  foreign key (town, sha256) references evidence.file (town, sha256)
);
