-- Who was asked and said nothing until the problem was struck off: a column of the problem, so that it moves with it and ends when the
-- problem comes back. Until now every question counted on the day after its window, whatever became of its round.
alter table ledger.problem add column silent_count integer not null default 0;

update ledger.problem p set silent_count = closed.silent
from (
  select distinct on (town, subject) town, subject, (body::jsonb #>> '{facts,silent}')::integer as silent
  from audit.event where verb = 'problem.closed' order by town, subject, id desc
) as closed
where closed.town = p.town and closed.subject = p.id and p.status = 'closed' and closed.silent <> 0;
