-- What the office looks up on every page: reports by the instant a reply is due, a unit's work by its due day.
create index report_reply_due on intake.report (town, first_reply_due_at, id) where status = 'received';
create index problem_unit_due on ledger.problem (town, unit, due_on) where status = 'assigned';
