-- The receipt of an objection, or of a "me too": a code that opens the story of the problem and what became of the objection. As with
-- reports the database knows of the code only a keyed hash. Who said "me too" holds one slip a problem, however often it is asked for.
create table intake.slip (
  town text collate "C" not null,
  id uuid not null,
  problem uuid not null,
  objection uuid,
  device bytea,
  receipt_hash bytea not null,
  given_at timestamptz not null,
  primary key (town, id),
  foreign key (town, problem) references ledger.problem (town, id),
  foreign key (town, objection) references verification.objection (town, id),
  foreign key (town, problem, device) references intake.me_too (town, problem, device),
  check (num_nonnulls(objection, device) = 1)
);
create unique index slip_receipt on intake.slip (town, receipt_hash);
create unique index slip_objection on intake.slip (town, objection);
create unique index slip_me_too on intake.slip (town, problem, device);
