-- One row for each report of which something is held: what changes its fields locks it, and it says from which day on it is worth asking
-- whether they are due to go. The day is never later than the true one, so no act on the report or its problem has to move it:
-- whoever asks too early moves it on (src/intake/erase-due.ts).
create table vault.holding (
  town text collate "C" not null references people.town,
  report uuid not null,
  ask_on date not null,
  primary key (town, report)
);
create index holding_ask_on on vault.holding (town, ask_on, report);
insert into vault.holding (town, report, ask_on)
  select town, report, (min(kept_at) at time zone 'Asia/Shanghai')::date from vault.field group by town, report;

create or replace function vault.keep(town text, report uuid, kinds text[], sealed bytea[], phone_mark bytea, at timestamptz) returns void
language plpgsql as $$
begin
  insert into vault.holding (town, report, ask_on) values ($1, $2, ($6 at time zone 'Asia/Shanghai')::date)
    on conflict on constraint holding_pkey do nothing;
  for i in 1 .. cardinality(kinds) loop
    insert into vault.field (town, report, kind, sealed, mark, kept_at)
      values ($1, $2, kinds[i], sealed[i], case when kinds[i] = 'phone' then phone_mark end, $6)
      on conflict on constraint field_pkey do nothing;
  end loop;
end
$$;

-- The days a category's identities were kept for when the days above were counted: when it becomes fewer, they are asked anew.
create table intake.retention (
  town text collate "C" not null references people.town,
  category uuid not null,
  days integer not null,
  primary key (town, category)
);
insert into intake.retention (town, category, days) select town, id, retention_days from rules.category;
