-- The closing gate: checks, answers, notices, objections, closings, look-backs.
create schema verification;

create table verification.check (
  town text collate "C" not null,
  id uuid not null,
  problem uuid not null,
  rectification uuid not null,
  manner text not null check (manner in ('on_site', 'on_paper')),
  finding text not null,
  outcome text not null check (outcome in ('passed', 'failed')),
  checked_by uuid not null,
  checked_at timestamptz not null,
  primary key (town, id),
  foreign key (town, problem) references ledger.problem (town, id),
  foreign key (town, rectification) references ledger.rectification (town, id)
);
create unique index check_once on verification.check (town, rectification);
create index check_problem on verification.check (town, problem, id);

-- One question to one reporter about one rectification. No row in answer when the window ends is silence, and stays silence.
create table verification.question (
  town text collate "C" not null,
  id uuid not null,
  problem uuid not null,
  report uuid not null,
  "check" uuid not null,
  asked_at timestamptz not null,
  open_until timestamptz not null,
  primary key (town, id),
  foreign key (town, problem) references ledger.problem (town, id),
  foreign key (town, "check") references verification.check (town, id),
  unique (town, "check", report)
);
create index question_problem on verification.question (town, problem, id);
create index question_report on verification.question (town, report, id);

create table verification.answer (
  town text collate "C" not null,
  question uuid not null,
  problem uuid not null,
  solved boolean not null,
  satisfied boolean,
  why text not null default '',
  answered_at timestamptz not null,
  primary key (town, question),
  foreign key (town, question) references verification.question (town, id)
);
create index answer_problem on verification.answer (town, problem);

create table verification.overruling (
  town text collate "C" not null,
  question uuid not null,
  problem uuid not null,
  reason text not null,
  overruled_by uuid not null,
  overruled_at timestamptz not null,
  primary key (town, question),
  foreign key (town, question) references verification.answer (town, question)
);

create table verification.notice (
  town text collate "C" not null,
  id uuid not null,
  problem uuid not null,
  "check" uuid not null,
  posted_at timestamptz not null,
  posted_by uuid not null,
  -- The last day on which anyone may object.
  last_day date not null,
  primary key (town, id),
  foreign key (town, problem) references ledger.problem (town, id),
  unique (town, "check")
);
create index notice_problem on verification.notice (town, problem, id);

create table verification.objection (
  town text collate "C" not null,
  id uuid not null,
  problem uuid not null,
  notice uuid not null,
  reason text not null,
  raised_at timestamptz not null,
  decision text check (decision in ('upheld', 'rejected')),
  decided_by uuid,
  decided_at timestamptz,
  decision_reason text,
  primary key (town, id),
  foreign key (town, problem) references ledger.problem (town, id),
  foreign key (town, notice) references verification.notice (town, id),
  check ((decision is null) = (decided_by is null))
);
create index objection_problem on verification.objection (town, problem, id);
create index objection_open on verification.objection (town, id) where decision is null;

create table verification.closing (
  town text collate "C" not null,
  id uuid not null,
  problem uuid not null,
  "check" uuid not null,
  statement text not null,
  closed_by uuid not null,
  closed_at timestamptz not null,
  primary key (town, id),
  foreign key (town, problem) references ledger.problem (town, id)
);
create index closing_problem on verification.closing (town, problem, id);

create table verification.look_back (
  town text collate "C" not null,
  id uuid not null,
  problem uuid not null,
  closing uuid not null,
  due_on date not null,
  outcome text check (outcome in ('held', 'relapsed')),
  finding text,
  done_by uuid,
  done_at timestamptz,
  primary key (town, id),
  foreign key (town, problem) references ledger.problem (town, id),
  foreign key (town, closing) references verification.closing (town, id),
  check ((outcome is null) = (done_by is null))
);
create index look_back_problem on verification.look_back (town, problem, id);
create index look_back_due on verification.look_back (town, due_on) where outcome is null;
