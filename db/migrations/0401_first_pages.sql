-- A PDF's first page as a picture, drawn once in the decoder's own process and sealed as the document is. A row waits until somebody
-- tried; afterwards there is a picture, or the reason why there is none (decision 87).
create table evidence.first_page (
  town text collate "C" not null,
  sha256 text collate "C" not null,
  tried_at timestamptz,
  -- Of the sealed picture: its address in the blob folder.
  sealed_sha256 text collate "C" check (sealed_sha256 ~ '^[0-9a-f]{64}$'),
  width integer,
  height integer,
  because text,
  primary key (town, sha256),
  foreign key (town, sha256) references evidence.file (town, sha256),
  check (num_nonnulls(sealed_sha256, because) = case when tried_at is null then 0 else 1 end),
  check ((sealed_sha256 is null) = (width is null) and (width is null) = (height is null))
);
create index first_page_waits on evidence.first_page (town, sha256) where tried_at is null;

insert into evidence.first_page (town, sha256) select town, sha256 from evidence.file where media_type = 'application/pdf';
