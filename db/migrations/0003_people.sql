-- Towns, units, villages, officers and their duties. Sign-in tables follow in 0010.
create schema people;

create table people.town (
  town text collate "C" primary key check (town ~ '^[a-z][a-z0-9-]{0,30}$'),
  name_zh text not null,
  name_en text not null,
  -- Stands before every number: SL in SL-2026-0007. Never changes once a number was given.
  prefix text not null check (prefix ~ '^[A-Z]{2,6}$'),
  host text unique,
  demo boolean not null default false,
  added_at timestamptz not null,
  -- Moves whenever a name that pages show (unit, village, officer, category, theme, campaign, policy) changes:
  -- a page's own query returns it, so names kept in memory are known to be current.
  directory_version bigint not null default 1
);

create table people.unit (
  town text collate "C" not null references people.town,
  id uuid not null,
  parent uuid,
  name_zh text not null,
  name_en text not null,
  kind text not null check (kind in ('department', 'village', 'station', 'contractor')),
  added_at timestamptz not null,
  retired_at timestamptz,
  primary key (town, id),
  foreign key (town, parent) references people.unit (town, id)
);

create table people.village (
  town text collate "C" not null references people.town,
  id uuid not null,
  code text check (code ~ '^[0-9]{12}$'),
  name_zh text not null,
  name_en text not null,
  lon double precision,
  lat double precision,
  added_at timestamptz not null,
  retired_at timestamptz,
  primary key (town, id)
);

create table people.officer (
  town text collate "C" not null references people.town,
  id uuid not null,
  unit uuid not null,
  name text not null,
  title_zh text not null default '',
  title_en text not null default '',
  -- What is typed to sign in: unique in the whole deployment, because one sign-in page may serve many towns.
  login text not null,
  added_at timestamptz not null,
  added_by uuid,
  disabled_at timestamptz,
  disabled_by uuid,
  primary key (town, id),
  foreign key (town, unit) references people.unit (town, id)
);
create unique index officer_login on people.officer (lower(login));
create index officer_unit on people.officer (town, unit);

create table people.duty (
  town text collate "C" not null,
  id uuid not null,
  officer uuid not null,
  duty text not null check (duty in ('clerk','handler','leader','office','verifier','secretary','system_admin','security_admin','auditor')),
  granted_at timestamptz not null,
  granted_by uuid,
  revoked_at timestamptz,
  revoked_by uuid,
  primary key (town, id),
  foreign key (town, officer) references people.officer (town, id)
);
create unique index duty_held on people.duty (town, officer, duty) where revoked_at is null;
