-- A draft says itself until when it is kept: a day, or two hours while nothing is written in it. Its bytes are counted and its
-- sender's address block is known by a keyed hash, so that what a stranger leaves unfinished is bounded by address and by town.
alter table intake.draft
  add column until timestamptz,
  add column sender bytea,
  add column bytes integer not null generated always as (octet_length(sealed)) stored;
update intake.draft set until = started_at + interval '1 day';
alter table intake.draft alter column until set not null;
drop index intake.draft_started_at;
create index draft_until on intake.draft (town, until);
create index draft_sender on intake.draft (town, sender, id);
