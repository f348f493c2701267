-- By which day the town answers an objection: so many working days from the day it was raised, as the policy was then. The day is null
-- until the calendar that it needs arrives.
alter table verification.objection
  add column working_days integer,
  add column due_on date;
create index objection_undated on verification.objection (town, problem) where decision is null and due_on is null;

alter table people.policy
  add column objection_working_days integer not null default 3 check (objection_working_days between 1 and 30);
