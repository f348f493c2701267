-- Which master key this database was begun under: a fingerprint, which tells nothing of the key. Started with another key file
-- the program would run, and never again read a reporter's contact; so it refuses to start instead.
create table platform.master_key (
  only_one boolean primary key default true check (only_one),
  fingerprint text not null,
  first_used_at timestamptz not null default now()
);
