-- An open flag stands in the way of the closing, so flags lie where the gate does: what a flag is in `verification`, what finds one in
-- `detector`.
alter table detector.flag set schema verification;
alter table detector.flag_count set schema verification;

-- What a verifier said of a flag stands on it, as with objections; and the day by which somebody has to have looked.
alter table verification.flag
  -- So many working days from the day it was raised; the day is null until the calendar that it needs arrives.
  add column working_days integer,
  add column due_on date,
  add column decision text check (decision in ('cleared', 'upheld')),
  add column decision_reason text,
  add column decided_by uuid,
  add column decided_at timestamptz,
  add constraint flag_decided check (num_nulls(decision, decision_reason, decided_by, decided_at) in (0, 4)),
  drop constraint flag_state_check,
  add constraint flag_state_check check (state in ('open', 'cleared', 'upheld', 'acted'));
update verification.flag f
set decision = 'cleared', decision_reason = c.reason, decided_by = c.cleared_by, decided_at = c.cleared_at
from detector.clearing c where c.town = f.town and c.flag = f.id;
drop table detector.clearing;
create index flag_open on verification.flag (town, problem) where state = 'open';

alter table verification.flag_count add column upheld bigint not null default 0;
alter table verification.flag_count alter column upheld drop default;

alter table people.policy
  add column flag_working_days integer not null default 3 check (flag_working_days between 1 and 30);
