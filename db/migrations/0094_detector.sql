-- Reasons to look at a closing: found by rules, explained with their evidence, cleared by a verifier with a public reason.

-- What a picture looks like, in 256 bits: nearly the same pictures differ in few. Null: not looked at yet; all zeros: too plain to say.
alter table evidence.file add column look bit(256);
create index file_without_look on evidence.file (town, sha256) where look is null;

-- Keyed hashes of where a reporter's answer came from; forgotten with the security logs.
alter table verification.answer add column device bytea, add column address bytea;
create index answer_at on verification.answer (town, answered_at);

create schema detector;

create table detector.flag (
  town text collate "C" not null references people.town,
  id uuid not null,
  problem uuid not null,
  kind text collate "C" not null check (kind in ('same-photo', 'same-text', 'last-moment', 'one-sitting', 'came-back', 'one-hand', 'look-back-skipped')),
  -- What makes it the same finding when it is found again.
  mark text not null,
  -- Its evidence, by kind: see src/detector/flag.ts.
  about jsonb not null,
  raised_at timestamptz not null,
  primary key (town, id),
  unique (town, problem, kind, mark),
  foreign key (town, problem) references ledger.problem (town, id)
);
create index flag_problem on detector.flag (town, problem, id);

create table detector.clearing (
  town text collate "C" not null,
  flag uuid not null,
  reason text not null,
  cleared_by uuid not null,
  cleared_at timestamptz not null,
  primary key (town, flag),
  foreign key (town, flag) references detector.flag (town, id)
);

-- Declarations and closings that were looked at once; what time brings (a new report, a look-back not done) is looked for again.
create table detector.examined (
  town text collate "C" not null references people.town,
  subject uuid not null,
  examined_at timestamptz not null,
  primary key (town, subject)
);
