-- What waits for the office: a row for each step of a problem that somebody is waited for, written in the transaction of every change by
-- the questions that refuse the acts (src/desk/office). A queue is a walk of an index, and never says what the gate does not.
create schema office;

create table office.waiting (
  town text collate "C" not null,
  problem uuid not null,
  step text collate "C" not null,
  -- Waits from this instant on: what time alone brings (a window ends, a notice is over) is compared, not written.
  since timestamptz not null,
  due_on date,
  amber_on date,
  leaders uuid[] not null,
  unit uuid,
  -- Who holds the duty and is refused all the same: by name, or with everybody of a unit and of those below it.
  closed_to uuid[] not null,
  closed_units uuid[] not null,
  primary key (town, problem, step)
);
create index waiting_since on office.waiting (town, step, since, problem);
create index waiting_due on office.waiting (town, due_on, problem) where step = 'work';
create index waiting_unit on office.waiting (town, unit, step, due_on);
create index waiting_leader on office.waiting using gin (leaders) where step in ('work', 'check');

-- How far the problems of a town that were there before are settled, and by which rules: none before the first start that settles.
create table office.settled (
  town text collate "C" not null references people.town,
  rules integer not null,
  -- The last problem done; null when all are.
  up_to uuid,
  primary key (town)
);
