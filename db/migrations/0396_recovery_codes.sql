-- What opens the second step in the place of a lost phone: each once, then its row is gone. Keyed hashes; the codes are shown once.
create table people.recovery_code (
  town text collate "C" not null,
  account uuid not null,
  hash bytea not null,
  made_at timestamptz not null,
  primary key (town, account, hash),
  foreign key (town, account) references people.account (town, id)
);
