-- A unit's work by its due day, which the office looks up on every page.
create index problem_unit_due on ledger.problem (town, unit, due_on) where status = 'assigned';
