-- How many leaves whoever follows a town's log has taken; moved in the transaction that keeps what came of them.
create table log.cursor (
  town text collate "C" not null references people.town,
  follower text collate "C" not null,
  position bigint not null check (position >= 0),
  primary key (town, follower)
);

-- Leaves that a follower could not take: passed so that those behind them are not kept waiting, and taken again when somebody says so.
create table log.set_aside (
  town text collate "C" not null,
  follower text collate "C" not null,
  leaf bigint not null,
  why text not null,
  at timestamptz not null,
  primary key (town, follower, leaf),
  foreign key (town, follower) references log.cursor (town, follower)
);
