-- The columns that an officer sees of a list, in their order; without a row, the usual ones.
create table office.chosen_columns (
  town text collate "C" not null,
  officer uuid not null,
  list text not null check (list in ('ledger')),
  columns text[] not null,
  primary key (town, officer, list),
  foreign key (town, officer) references people.officer (town, id)
);

-- A list as an officer wants it again: what is asked for, in which order, with which columns. Opened by its address, by colleagues too.
create table office.list_view (
  town text collate "C" not null,
  id uuid not null,
  officer uuid not null,
  list text not null check (list in ('ledger')),
  name text not null,
  query text not null,
  saved_at timestamptz not null,
  primary key (town, id),
  unique (town, officer, list, name),
  foreign key (town, officer) references people.officer (town, id)
);
