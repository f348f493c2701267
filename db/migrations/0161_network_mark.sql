-- What strangers do without an account is counted by network and day, whatever it is: "me too", objections. The mark is a keyed hash of
-- the act, what it is about, the network and the day; it says nothing of another day and goes when its own is over.
drop table intake.me_too_from;
create table platform.network_mark (
  town text collate "C" not null,
  mark bytea not null,
  on_day date not null,
  times integer not null,
  primary key (town, mark)
);
create index network_mark_on_day on platform.network_mark (town, on_day);
