-- A reporter was called or visited and nobody answered. One a day: three on three days, in both halves of the day, are enough.
create table verification.attempt (
  town text collate "C" not null,
  id uuid not null,
  problem uuid not null,
  question uuid not null,
  manner text not null check (manner in ('phone', 'visit')),
  attempted_on date not null,
  attempted_at timestamptz not null,
  attempted_by uuid not null,
  primary key (town, id),
  unique (town, question, attempted_on),
  foreign key (town, problem) references ledger.problem (town, id),
  foreign key (town, question) references verification.question (town, id)
);
create index attempt_problem on verification.attempt (town, problem, id);

-- How often those who stayed silent until the closing were called or visited.
alter table ledger.problem add column silent_attempt_count integer not null default 0;

-- Whom the intake desk may call or visit: a row for each reporter who was asked, has not answered and left a telephone or an address,
-- written as office.waiting is (0251). An attempt opens the next day, a window ends: time is compared, not written.
create table office.call_back (
  town text collate "C" not null,
  question uuid not null,
  problem uuid not null,
  since timestamptz not null,
  until timestamptz not null,
  by_phone boolean not null,
  closed_to uuid[] not null,
  closed_units uuid[] not null,
  -- Who has this reporter before them now, and until when no colleague is led to the same one.
  held_by uuid,
  held_until timestamptz,
  primary key (town, question),
  check ((held_by is null) = (held_until is null))
);
create index call_back_until on office.call_back (town, until, question);
create index call_back_problem on office.call_back (town, problem);
create index call_back_holder on office.call_back (town, held_by) where held_by is not null;
