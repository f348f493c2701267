-- That a first reply is overdue is said once, as an event of its own: whether a report was answered in time can be read in the public log,
-- which tells of a report no more than its verbs. Those answered late before are said to be late by the same chore.
alter table intake.report add column overdue_at timestamptz;

create index report_untold on intake.report (town, first_reply_due_at, id)
  where overdue_at is null and (status = 'received' or first_answered_at > first_reply_due_at);
