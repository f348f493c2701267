-- The detector follows the log: a matter is looked at when its event gets its place, not when somebody reads all history.

-- Where a flag stands, and how many there are of each kind, moved by the events that decide it.
alter table detector.flag add column state text collate "C" not null default 'open' check (state in ('open', 'cleared', 'acted'));
update detector.flag f set state = case
  when exists (select from detector.clearing c where c.town = f.town and c.flag = f.id) then 'cleared'
  else 'acted' end
where exists (select from detector.clearing c where c.town = f.town and c.flag = f.id)
  or exists (select from audit.event e where e.town = f.town and e.subject = f.problem and e.id > f.id
    and e.verb in ('problem.recurred', 'look-back.relapsed', 'check.failed', 'answer.honoured', 'objection.upheld'))
  or (f.kind = 'look-back-skipped' and exists (select from verification.look_back l
    where l.town = f.town and l.id = (f.about ->> 'lookBack')::uuid and (l.outcome is not null or l.dropped_at is not null)));
create index flag_state on detector.flag (town, state, id);
create index flag_kind on detector.flag (town, kind, id);
create index flag_kind_state on detector.flag (town, kind, state, id);

create table detector.flag_count (
  town text collate "C" not null references people.town,
  kind text collate "C" not null,
  raised bigint not null,
  cleared bigint not null,
  acted bigint not null,
  primary key (town, kind)
);
insert into detector.flag_count (town, kind, raised, cleared, acted)
select town, kind, count(*), count(*) filter (where state = 'cleared'), count(*) filter (where state = 'acted')
from detector.flag group by town, kind;

-- Look-backs of a closing, until each is done or the day comes on which it counts as skipped.
create table detector.awaited (
  town text collate "C" not null references people.town,
  skipped_on date not null,
  look_back uuid not null,
  primary key (town, skipped_on, look_back)
);
insert into detector.awaited (town, skipped_on, look_back)
select l.town, l.due_on + 8, l.id from verification.look_back l where l.outcome is null and l.dropped_at is null
  and not exists (select from detector.flag f
    where f.town = l.town and f.problem = l.problem and f.kind = 'look-back-skipped' and f.mark = l.id::text);

-- A flag of one hand bears the mark of its own answer, not of the first of the row, which slides out of sight. Where a problem was flagged
-- more than once for the same, one of them does.
update detector.flag f set mark = own.mark
from (
  select distinct on (town, problem, mark) town, id, mark from (
    select distinct on (g.town, g.id) g.town, g.id, g.problem, split_part(g.mark, '/', 1) || '/' || a.question as mark
    from detector.flag g
    join verification.answer began on began.town = g.town and began.question = split_part(g.mark, '/', 2)::uuid
    join verification.answer a on a.town = g.town and a.problem = g.problem and a.answered_at between began.answered_at and g.raised_at
      and case split_part(g.mark, '/', 1) when 'device' then a.device = began.device else a.address = began.address end
    where g.kind = 'one-hand'
    order by g.town, g.id, a.answered_at desc
  ) latest order by town, problem, mark, id
) own
where f.town = own.town and f.id = own.id
  and not exists (select from detector.flag other
    where other.town = f.town and other.problem = f.problem and other.kind = f.kind and other.mark = own.mark);

-- It begins at the first matter that nobody looked at, else at the end of what has a place.
insert into log.cursor (town, follower, position)
select t.town, 'detector', coalesce(
  (select min(l.number) from audit.event e join log.leaf l on l.town = e.town and l.event = e.id
   where e.town = t.town and e.verb in ('problem.rectified', 'check.passed', 'problem.closed')
     and not exists (select from detector.examined x where x.town = e.town and x.subject::text = e.body::jsonb -> 'facts' ->> case e.verb
       when 'problem.rectified' then 'rectification' when 'check.passed' then 'check' else 'closing' end)),
  (select max(l.number) + 1 from log.leaf l where l.town = t.town), 0)
from people.town t;
drop table detector.examined;

-- What the rules ask.
create index rectification_declared_at on ledger.rectification (town, declared_at);
create index closing_closed_at on verification.closing (town, closed_at);
create index closing_closed_by on verification.closing (town, closed_by, closed_at);
create index check_checked_by on verification."check" (town, checked_by, checked_at) where outcome = 'passed';
create index problem_closed_lately on ledger.problem (town, category, closed_on, village, lat) where status = 'closed';
create index file_look on evidence.file (town, look) where look is not null;
