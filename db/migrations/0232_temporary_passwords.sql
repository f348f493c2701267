-- A temporary password is handed out by two: the system administrator asks and holds its first half, the security administrator grants it
-- and holds the second. Neither alone can become the officer.
create table people.temporary_password (
  town text collate "C" not null,
  id uuid not null,
  account uuid not null,
  -- The first half, sealed under the sign-in key; gone once it ended.
  half bytea,
  asked_at timestamptz not null,
  asked_by uuid not null,
  ended_at timestamptz,
  ended_by uuid,
  outcome text check (outcome in ('granted', 'refused', 'replaced')),
  primary key (town, id),
  foreign key (town, account) references people.account (town, id),
  foreign key (town, asked_by) references people.officer (town, id),
  foreign key (town, ended_by) references people.officer (town, id),
  check ((ended_at is null) = (outcome is null) and (ended_at is null) = (ended_by is null) and (ended_at is null) = (half is not null))
);
create unique index temporary_password_waiting on people.temporary_password (town, account) where ended_at is null;
create index temporary_password_account on people.temporary_password (town, account, id);
