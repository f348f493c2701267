-- When the program last hashed the whole log again and compared the database with it, and when that last held. One row a town.
create table proof.verified (
  town text collate "C" not null,
  tried_at timestamptz not null,
  held_at timestamptz,
  -- How many leaves held.
  size bigint not null default 0 check (size >= 0),
  primary key (town)
);
