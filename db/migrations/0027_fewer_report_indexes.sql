-- A report is unanswered exactly while it is 'received': one index by the day its reply is due (report_reply_due, 0036) serves the
-- office, the figures and the warning alike, and receiving a report writes two index entries fewer.
drop index intake.report_unanswered;
drop index intake.report_waiting;
