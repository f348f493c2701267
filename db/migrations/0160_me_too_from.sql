-- How many "me too" about a problem came from one address block in one day. The block is known by a keyed hash that is another
-- every day, is not tied to the device that counted, and goes when the day is over.
create table intake.me_too_from (
  town text collate "C" not null,
  problem uuid not null,
  block bytea not null,
  said_on date not null,
  marks integer not null,
  primary key (town, problem, block),
  foreign key (town, problem) references ledger.problem (town, id)
);
create index me_too_from_said_on on intake.me_too_from (town, said_on);
