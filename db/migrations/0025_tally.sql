-- What the figures count, kept in the transaction of its cause by adding rows, never by changing one: two commands never wait
-- for each other here. Summed when read; folded now and then (src/publication/fold-tallies.ts), so that reading costs the
-- same at ten problems and at ten million.
create schema publication;

create table publication.tally (
  town text collate "C" not null,
  id uuid not null default gen_random_uuid(),
  measure text collate "C" not null,
  campaign uuid,
  unit uuid,
  -- Counts from the day after this one: a problem is late when its due day has passed, not before.
  day date not null default '-infinity',
  amount bigint not null,
  primary key (town, id)
);
create index tally_campaign on publication.tally (town, campaign);

-- Everything one problem adds to the figures (rules of the ledger §5), from its row alone.
create function publication.counted_of(p ledger.problem) returns table (measure text, day date, amount bigint)
language sql immutable as $$
  select v.measure, v.day, v.amount
  from (values
    ('problems', date '-infinity', 1),
    ('closed', date '-infinity', (p.status = 'closed')::int),
    ('due', p.due_on, (p.due_on is not null)::int),
    ('due_closed', p.due_on, (p.due_on is not null and p.status = 'closed')::int),
    ('overdue', p.due_on, (p.due_on is not null and p.status in ('opened', 'assigned'))::int),
    ('timed', p.original_due_on, (p.original_due_on is not null)::int),
    ('on_time', p.original_due_on, (p.rectified_on <= p.original_due_on)::int),
    ('extended', p.original_due_on, (p.due_on > p.original_due_on)::int),
    ('answered', date '-infinity', p.answered_count),
    ('solved', date '-infinity', p.solved_count),
    ('satisfied', date '-infinity', p.satisfied_count)
  ) as v (measure, day, amount)
  where v.amount <> 0 and p.status <> 'dismissed'
$$;

create function publication.count_problem() returns trigger language plpgsql as $$
begin
  insert into publication.tally (town, measure, campaign, unit, day, amount)
  select new.town, c.measure, c.campaign, c.unit, c.day, sum(c.amount)
  from (
    select n.measure, new.campaign, new.unit, n.day, n.amount from publication.counted_of(new) n
    union all
    select o.measure, old.campaign, old.unit, o.day, -o.amount from publication.counted_of(old) o where tg_op = 'UPDATE'
  ) as c (measure, campaign, unit, day, amount)
  group by c.measure, c.campaign, c.unit, c.day
  having sum(c.amount) <> 0;
  return null;
end
$$;
create trigger tally_opened after insert on ledger.problem for each row execute function publication.count_problem();
create trigger tally_moved after update on ledger.problem for each row
  when ((old.status, old.campaign, old.unit, old.due_on, old.original_due_on, old.rectified_on, old.answered_count, old.solved_count, old.satisfied_count)
    is distinct from (new.status, new.campaign, new.unit, new.due_on, new.original_due_on, new.rectified_on, new.answered_count, new.solved_count, new.satisfied_count))
  execute function publication.count_problem();

create function publication.add_tally(in_town text, in_problem uuid, in_measure text, in_day date, in_amount bigint) returns void language sql as $$
  insert into publication.tally (town, measure, campaign, unit, day, amount)
  select in_town, in_measure, p.campaign, p.unit, in_day, in_amount from ledger.problem p where p.town = in_town and p.id = in_problem
$$;

-- Silence: asked, the window over, no answer. The day is China's.
create function publication.count_question() returns trigger language plpgsql as $$
begin
  perform publication.add_tally(new.town, new.problem, 'silent', (new.open_until at time zone 'Asia/Shanghai')::date, 1);
  return null;
end
$$;
create trigger tally_asked after insert on verification.question for each row execute function publication.count_question();

create function publication.count_answer() returns trigger language plpgsql as $$
begin
  perform publication.add_tally(q.town, q.problem, 'silent', (q.open_until at time zone 'Asia/Shanghai')::date, -1)
  from verification.question q where q.town = new.town and q.id = new.question;
  return null;
end
$$;
create trigger tally_answered after insert on verification.answer for each row execute function publication.count_answer();

create function publication.count_look_back() returns trigger language plpgsql as $$
begin
  perform publication.add_tally(new.town, new.problem, 'looked_back', '-infinity', 1);
  if new.outcome = 'relapsed' then
    perform publication.add_tally(new.town, new.problem, 'relapsed', '-infinity', 1);
  end if;
  return null;
end
$$;
create trigger tally_looked_back after update of outcome on verification.look_back for each row
  when (old.outcome is null and new.outcome is not null) execute function publication.count_look_back();

-- Reports nobody has answered are counted where they lie (report_unanswered); an answer moves one into the tally.
create function publication.count_reply() returns trigger language plpgsql as $$
begin
  insert into publication.tally (town, measure, amount)
  select new.town, v.measure, 1
  from (values ('replied', true), ('replied_in_time', new.first_reply_due_at is null or new.first_answered_at <= new.first_reply_due_at)) as v (measure, counts)
  where v.counts;
  return null;
end
$$;
create trigger tally_replied after update of first_answered_at on intake.report for each row
  when (old.first_answered_at is null and new.first_answered_at is not null) execute function publication.count_reply();
create trigger tally_replied_at_once after insert on intake.report for each row
  when (new.first_answered_at is not null) execute function publication.count_reply();

create index report_unanswered on intake.report (town, first_reply_due_at) where first_answered_at is null and status <> 'withdrawn';
create index problem_answered on ledger.problem (town, ordinal) where answered_count > 0;
create index look_back_done on verification.look_back (town, id) where outcome is not null;
-- Half of the lights are lit by few entries: found without walking the struck-off ones.
create index problem_in_hand on ledger.problem (town, ordinal) where status in ('opened', 'assigned', 'rectified', 'verified');

-- All tallies of a town counted again from what happened: after a load by COPY, or when a figure is doubted.
create function publication.count_again(in_town text) returns void language sql as $$
  delete from publication.tally where town = in_town;
  insert into publication.tally (town, measure, campaign, unit, day, amount)
  select in_town, c.measure, p.campaign, p.unit, c.day, sum(c.amount)
  from ledger.problem p cross join lateral publication.counted_of(p) c
  where p.town = in_town group by c.measure, p.campaign, p.unit, c.day
  union all
  select in_town, 'silent', p.campaign, p.unit, (q.open_until at time zone 'Asia/Shanghai')::date, count(*)
  from verification.question q join ledger.problem p on p.town = q.town and p.id = q.problem
  where q.town = in_town and not exists (select from verification.answer a where a.town = q.town and a.question = q.id)
  group by p.campaign, p.unit, (q.open_until at time zone 'Asia/Shanghai')::date
  union all
  select in_town, v.measure, p.campaign, p.unit, '-infinity', count(*)
  from verification.look_back l join ledger.problem p on p.town = l.town and p.id = l.problem
    cross join lateral (values ('looked_back', true), ('relapsed', l.outcome = 'relapsed')) as v (measure, counts)
  where l.town = in_town and l.outcome is not null and v.counts group by v.measure, p.campaign, p.unit
  union all
  select in_town, v.measure, null, null, '-infinity', count(*)
  from intake.report r
    cross join lateral (values ('replied', true), ('replied_in_time', r.first_reply_due_at is null or r.first_answered_at <= r.first_reply_due_at)) as v (measure, counts)
  where r.town = in_town and r.first_answered_at is not null and v.counts group by v.measure
$$;
