-- The ledger in the order in which it is due: what waits for work, by its day; without a day it stands last.
create index problem_urgent on ledger.problem (town, (coalesce(due_on, 'infinity'::date)), ordinal) where status in ('opened', 'assigned');

-- How long the log was at an instant.
create index checkpoint_signed on log.checkpoint (town, signed_at);
