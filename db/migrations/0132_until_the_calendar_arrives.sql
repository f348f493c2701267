-- What the published calendars cannot say yet is null until the next one arrives, and is counted then: the due day of a problem that
-- came back (counted from the day it was assigned again), the last day of a notice (so many working days after its posting).
alter table ledger.problem drop constraint problem_check;
alter table ledger.problem add constraint problem_answered_for check (
  status in ('opened', 'dismissed')
  or (cardinality(leaders) between 1 and 2 and unit is not null and (due_on is not null or assigned_on is not null)
    and cardinality(measures) >= 1 and goal <> '')
);
create index problem_undated on ledger.problem (town, id) where due_on is null and assigned_on is not null;

alter table ledger.assignment alter column due_on drop not null;

alter table verification.notice alter column last_day drop not null;
alter table verification.notice add column working_days integer check (working_days > 0);
alter table verification.notice add constraint notice_ends check (last_day is not null or working_days is not null);
create index notice_undated on verification.notice (town, id) where last_day is null;
