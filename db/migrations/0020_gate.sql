-- What stands behind the commands: even a faulty command cannot draw an arrow that is not in the lifecycle, or renumber.
create function ledger.keep_to_the_arrows() returns trigger language plpgsql as $$
begin
  if new.number <> old.number or new.ordinal <> old.ordinal then
    raise exception 'a number once given never changes';
  end if;
  if new.status <> old.status and (old.status, new.status) not in (
    ('opened', 'assigned'), ('opened', 'dismissed'),
    ('assigned', 'rectified'), ('assigned', 'suspended'), ('assigned', 'dismissed'),
    ('suspended', 'assigned'),
    ('rectified', 'assigned'), ('rectified', 'verified'),
    ('verified', 'assigned'), ('verified', 'closed'),
    ('closed', 'assigned'),
    ('dismissed', 'opened')
  ) then
    raise exception 'no arrow leads from % to %', old.status, new.status;
  end if;
  return new;
end
$$;
create trigger arrows before update of status, number, ordinal on ledger.problem for each row execute function ledger.keep_to_the_arrows();

-- One closing for one passed check.
create unique index closing_once on verification.closing (town, "check");

-- A problem that came back before its look-back day: the re-check no longer means anything.
alter table verification.look_back add column dropped_at timestamptz;
alter table verification.look_back add check (dropped_at is null or outcome is null);
drop index verification.look_back_due;
create index look_back_due on verification.look_back (town, due_on) where outcome is null and dropped_at is null;
