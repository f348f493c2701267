-- A report answered before the calendar of its first-reply day arrived counted as answered in time for ever. It gets its day with the
-- calendar, whatever became of it meanwhile, and is counted by it from then on.
create index report_undated on intake.report (town, id) where first_reply_due_at is null;

create function publication.count_reply_again() returns trigger language plpgsql as $$
begin
  insert into publication.tally (town, measure, amount)
  select new.town, 'replied_in_time', now_in_time - before
  from (values (
    (new.first_reply_due_at is null or new.first_answered_at <= new.first_reply_due_at)::int,
    (old.first_reply_due_at is null or new.first_answered_at <= old.first_reply_due_at)::int)) as v (now_in_time, before)
  where now_in_time <> before;
  return null;
end
$$;
create trigger tally_reply_dated after update of first_reply_due_at on intake.report for each row
  when (old.first_answered_at is not null and new.first_answered_at is not null) execute function publication.count_reply_again();
