-- The reports that wait for their first reply, by when it is due: what the inbox sorts by and every office page counts by its first
-- key. 0027 relied on it, and it was not there.
create index report_reply_due on intake.report (town, first_reply_due_at, id) where status = 'received';

-- A report that is withdrawn, or folded into, gives its marks free: by the report, not by reading everybody's.
create index sending_report on intake.sending (town, report);
