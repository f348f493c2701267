-- The file as it was sent, sealed under a key that is not in the database; what the public sees is re-encoded and smaller.
create table evidence.original (
  town text collate "C" not null,
  sha256 text collate "C" not null,
  -- Of the bytes that were sent: stands in the event and its leaf.
  original_sha256 text collate "C" not null check (original_sha256 ~ '^[0-9a-f]{64}$'),
  -- Of the sealed bytes: their address in the blob folder.
  sealed_sha256 text collate "C" not null check (sealed_sha256 ~ '^[0-9a-f]{64}$'),
  bytes integer not null,
  -- Camera time and place, sealed: where somebody took a photo may say who they are.
  camera bytea,
  primary key (town, sha256),
  foreign key (town, sha256) references evidence.file (town, sha256)
);

-- A copy with parts blacked out stands in the place of the file it was made from.
alter table evidence.redaction add column replaced_by text collate "C";
alter table evidence.redaction add foreign key (town, replaced_by) references evidence.file (town, sha256);
create index redaction_replaced_by on evidence.redaction (town, replaced_by) where replaced_by is not null;
