-- Time limits, the official calendar, the figures a town may set.
create schema rules;

create table rules.category (
  town text collate "C" not null references people.town,
  id uuid not null,
  code text not null,
  name_zh text not null,
  name_en text not null,
  -- Limits are counted in this unit: working days, calendar days or hours.
  limit_unit text not null check (limit_unit in ('working_day', 'calendar_day', 'hour')),
  first_reply_limit integer not null check (first_reply_limit > 0),
  finish_limit integer not null check (finish_limit > 0),
  extension_limit integer not null check (extension_limit >= 0),
  position integer not null default 0,
  added_at timestamptz not null,
  retired_at timestamptz,
  primary key (town, id),
  unique (town, code)
);

-- The State Council publishes a year at a time; without its row no working day of that year is ever computed.
create table rules.calendar_year (
  town text collate "C" not null references people.town,
  year integer not null check (year between 2000 and 2200),
  source text not null,
  imported_at timestamptz not null,
  imported_by uuid,
  primary key (town, year)
);

-- Only the days that differ from the plain week: 'off' (a holiday) and 'work' (a weekend day worked, 调休).
create table rules.calendar_day (
  town text collate "C" not null,
  day date not null,
  kind text not null check (kind in ('off', 'work')),
  name_zh text not null default '',
  primary key (town, day)
);

create table rules.policy (
  town text collate "C" primary key references people.town,
  answer_window_days integer not null default 7 check (answer_window_days between 1 and 60),
  notice_working_days integer not null default 3 check (notice_working_days between 1 and 30),
  look_back_days integer[] not null default '{30,90}',
  sign_in_failures integer not null default 5 check (sign_in_failures between 3 and 20),
  sign_in_lock_minutes integer not null default 15 check (sign_in_lock_minutes between 1 and 1440),
  session_idle_minutes integer not null default 15 check (session_idle_minutes between 5 and 240),
  session_absolute_hours integer not null default 8 check (session_absolute_hours between 1 and 24),
  password_length integer not null default 10 check (password_length between 8 and 64),
  password_days integer not null default 90 check (password_days between 0 and 730),
  few_entries integer not null default 10 check (few_entries between 1 and 1000)
);
