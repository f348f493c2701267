-- A suspended problem is not late while it is suspended: its clock stands still and its light is grey. What is due counts without it,
-- as what is overdue always did.
create or replace function publication.counted_of(p ledger.problem) returns table (measure text, day date, amount bigint)
language sql immutable as $$
  select v.measure, v.day, v.amount
  from (values
    ('problems', date '-infinity', 1),
    ('closed', date '-infinity', (p.status = 'closed')::int),
    ('due', p.due_on, (p.due_on is not null and p.status <> 'suspended')::int),
    ('due_closed', p.due_on, (p.due_on is not null and p.status = 'closed')::int),
    ('overdue', p.due_on, (p.due_on is not null and p.status in ('opened', 'assigned'))::int),
    ('timed', p.original_due_on, (p.original_due_on is not null and p.status <> 'suspended')::int),
    ('on_time', p.original_due_on, (p.rectified_on <= p.original_due_on and p.status <> 'suspended')::int),
    ('extended', p.original_due_on, (p.due_on > p.original_due_on)::int),
    ('answered', date '-infinity', p.answered_count),
    ('solved', date '-infinity', p.solved_count),
    ('satisfied', date '-infinity', p.satisfied_count)
  ) as v (measure, day, amount)
  where v.amount <> 0 and p.status <> 'dismissed'
$$;

insert into publication.tally (town, measure, campaign, unit, day, amount)
select p.town, v.measure, p.campaign, p.unit, v.day, -count(*)
from ledger.problem p
  cross join lateral (values ('due', p.due_on), ('timed', p.original_due_on)) as v (measure, day)
where p.status = 'suspended' and v.day is not null
group by p.town, v.measure, p.campaign, p.unit, v.day;
