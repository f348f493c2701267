-- Where officers worked before. Whoever was of a unit while it answered for a problem stays involved in it after moving to another.
create table people.former_unit (
  town text collate "C" not null,
  id uuid not null,
  officer uuid not null,
  unit uuid not null,
  left_at timestamptz not null,
  primary key (town, id),
  foreign key (town, officer) references people.officer (town, id),
  foreign key (town, unit) references people.unit (town, id)
);
create index former_unit_officer on people.former_unit (town, officer);
create index former_unit_unit on people.former_unit (town, unit);

-- What the events tell of moves made before this table was there.
insert into people.former_unit (town, id, officer, unit, left_at)
select m.town, gen_random_uuid(), m.officer, m.unit, m.left_at
from (
  select e.town, e.subject as officer, (e.body::jsonb #>> '{facts,unit}')::uuid as unit,
    lead((e.body::jsonb #>> '{facts,unit}')::uuid) over life as next_unit, lead(e.at) over life as left_at
  from audit.event e where e.verb in ('officer.added', 'officer.changed') and e.subject_kind = 'officer'
  window life as (partition by e.town, e.subject order by e.id)
) m
join people.officer o on o.town = m.town and o.id = m.officer
join people.unit u on u.town = m.town and u.id = m.unit
where m.next_unit <> m.unit;
