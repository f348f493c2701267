-- Phones and stations of the town, and programs that send to it: each acts in its own name, with a key that is shown once and can be taken
-- back. A revoked one stays, because events name it.
create table people.program (
  town text collate "C" not null references people.town,
  id uuid not null,
  name text not null,
  -- The door that what it sends is told to have come through.
  channel text not null check (channel in ('web', 'open311', 'import', 'sensor', 'enterprise')),
  capabilities text[] not null,
  -- SHA-256 of the key: 32 random bytes need no slow hash.
  key_hash bytea not null,
  -- How the key begins, to recognise it by.
  key_prefix text not null,
  added_at timestamptz not null,
  added_by uuid not null,
  expires_on date not null,
  -- The last day it was used on.
  seen_on date,
  revoked_at timestamptz,
  revoked_by uuid,
  primary key (town, id),
  foreign key (town, added_by) references people.officer (town, id),
  foreign key (town, revoked_by) references people.officer (town, id),
  check ((revoked_at is null) = (revoked_by is null))
);
create unique index program_key on people.program (town, key_hash);

create table people.device (
  town text collate "C" not null references people.town,
  id uuid not null,
  name text not null,
  unit uuid not null,
  -- A phone goes round (channel patrol), a station stands somewhere (channel sensor).
  kind text not null check (kind in ('phone', 'station')),
  capabilities text[] not null,
  key_hash bytea not null,
  key_prefix text not null,
  added_at timestamptz not null,
  added_by uuid not null,
  expires_on date not null,
  seen_on date,
  revoked_at timestamptz,
  revoked_by uuid,
  primary key (town, id),
  foreign key (town, unit) references people.unit (town, id),
  foreign key (town, added_by) references people.officer (town, id),
  foreign key (town, revoked_by) references people.officer (town, id),
  check ((revoked_at is null) = (revoked_by is null))
);
create unique index device_key on people.device (town, key_hash);
