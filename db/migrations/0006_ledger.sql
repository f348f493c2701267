-- The public ledger: problems and the records of how each came to stand where it stands.
create schema ledger;

create table ledger.campaign (
  town text collate "C" not null references people.town,
  id uuid not null,
  name_zh text not null,
  name_en text not null,
  head uuid not null,
  plan_zh text not null default '',
  plan_en text not null default '',
  starts_on date not null,
  ends_on date not null,
  added_at timestamptz not null,
  primary key (town, id),
  foreign key (town, head) references people.officer (town, id),
  check (ends_on >= starts_on)
);

create table ledger.theme (
  town text collate "C" not null,
  id uuid not null,
  campaign uuid not null,
  name_zh text not null,
  name_en text not null,
  position integer not null,
  primary key (town, id),
  foreign key (town, campaign) references ledger.campaign (town, id)
);

-- The last sequence given in a year. Opening a problem locks this row until commit: numbers have no gaps.
create table ledger.number_given (
  town text collate "C" not null references people.town,
  year integer not null,
  last integer not null,
  primary key (town, year)
);

create table ledger.problem (
  town text collate "C" not null references people.town,
  id uuid not null,
  number text collate "C" not null,
  -- year * 10,000,000 + sequence: the order of the ledger and the key its pages turn by.
  ordinal bigint not null,
  status text collate "C" not null check (status in ('opened','assigned','suspended','rectified','verified','closed','dismissed')),
  -- 怎么啦: the sentence, and what the public may read beyond it.
  title text not null check (length(title) between 1 and 200),
  details text not null default '',
  place text not null default '',
  village uuid,
  lon double precision,
  lat double precision,
  category uuid not null,
  theme uuid,
  campaign uuid,
  -- 怎么办
  measures text[] not null default '{}',
  measures_done integer[] not null default '{}',
  goal text not null default '',
  -- 谁来办: one or two while somebody is answerable, kept as they stood at the end.
  leaders uuid[] not null default '{}' check (cardinality(leaders) <= 2),
  unit uuid,
  due_on date,
  original_due_on date,
  -- From this day the light is amber; computed with the official calendar whenever the due day is set.
  amber_on date,
  assigned_on date,
  resume_on date,
  opened_at timestamptz not null,
  opened_on date not null,
  rectified_on date,
  closed_on date,
  -- Tallies kept in the transaction of their cause.
  report_count integer not null default 0,
  me_too_count integer not null default 0,
  progress_count integer not null default 0,
  answered_count integer not null default 0,
  solved_count integer not null default 0,
  satisfied_count integer not null default 0,
  relapse_count integer not null default 0,
  -- Grows with every change; a form names the one it was drawn from.
  version integer not null default 1,
  -- Words and character pairs of number, title, details, measures, goal, leaders; see platform/search-words.ts.
  search tsvector not null default '',
  search_text text not null default '',
  primary key (town, id),
  unique (town, number),
  foreign key (town, category) references rules.category (town, id),
  foreign key (town, theme) references ledger.theme (town, id),
  foreign key (town, campaign) references ledger.campaign (town, id),
  foreign key (town, unit) references people.unit (town, id),
  foreign key (town, village) references people.village (town, id),
  check (status in ('opened', 'dismissed') or (cardinality(leaders) between 1 and 2 and unit is not null and due_on is not null and cardinality(measures) >= 1 and goal <> '')),
  check (status <> 'suspended' or resume_on is not null),
  check (status not in ('rectified', 'verified', 'closed') or rectified_on is not null),
  check ((status = 'closed') = (closed_on is not null))
);
create unique index problem_ordinal on ledger.problem (town, ordinal);
create index problem_status on ledger.problem (town, status, ordinal);
create index problem_theme_status on ledger.problem (town, theme, status, ordinal);
create index problem_theme on ledger.problem (town, theme, ordinal);
create index problem_unit on ledger.problem (town, unit, ordinal);
create index problem_village on ledger.problem (town, village, ordinal);
create index problem_campaign on ledger.problem (town, campaign, ordinal);
create index problem_category on ledger.problem (town, category, ordinal);
create index problem_due on ledger.problem (town, due_on) where status = 'assigned';
create index problem_resume on ledger.problem (town, resume_on) where status = 'suspended';
create index problem_leaders on ledger.problem using gin (leaders) where status not in ('closed', 'dismissed');
create index problem_search on ledger.problem using gin (search);

create table ledger.assignment (
  town text collate "C" not null,
  id uuid not null,
  problem uuid not null,
  leaders uuid[] not null check (cardinality(leaders) between 1 and 2),
  unit uuid not null,
  measures text[] not null,
  goal text not null,
  due_on date not null,
  assigned_by uuid not null,
  assigned_at timestamptz not null,
  -- Empty for the first assignment; a hand-over says why.
  reason text not null default '',
  primary key (town, id),
  foreign key (town, problem) references ledger.problem (town, id)
);
create index assignment_problem on ledger.assignment (town, problem, id);

create table ledger.progress (
  town text collate "C" not null,
  id uuid not null,
  problem uuid not null,
  note text not null,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  primary key (town, id),
  foreign key (town, problem) references ledger.problem (town, id)
);
create index progress_problem on ledger.progress (town, problem, id);

create table ledger.problem_evidence (
  town text collate "C" not null,
  problem uuid not null,
  sha256 text collate "C" not null,
  stage text not null check (stage in ('before', 'during', 'after')),
  caption text not null default '',
  added_by uuid not null,
  added_at timestamptz not null,
  primary key (town, problem, sha256),
  foreign key (town, problem) references ledger.problem (town, id),
  foreign key (town, sha256) references evidence.file (town, sha256)
);

create table ledger.rectification (
  town text collate "C" not null,
  id uuid not null,
  problem uuid not null,
  done text not null,
  declared_by uuid not null,
  declared_at timestamptz not null,
  primary key (town, id),
  foreign key (town, problem) references ledger.problem (town, id)
);
create index rectification_problem on ledger.rectification (town, problem, id);

create table ledger.extension (
  town text collate "C" not null,
  id uuid not null,
  problem uuid not null,
  from_due_on date not null,
  new_due_on date not null,
  reason text not null,
  asked_by uuid not null,
  asked_at timestamptz not null,
  decision text check (decision in ('granted', 'refused')),
  decided_by uuid,
  decided_at timestamptz,
  decision_reason text,
  primary key (town, id),
  foreign key (town, problem) references ledger.problem (town, id),
  check ((decision is null) = (decided_by is null) and (decision is null) = (decided_at is null))
);
create unique index extension_waiting on ledger.extension (town, problem) where decision is null;
create index extension_problem on ledger.extension (town, problem, id);

create table ledger.suspension (
  town text collate "C" not null,
  id uuid not null,
  problem uuid not null,
  reason text not null,
  resume_on date not null,
  asked_by uuid not null,
  asked_at timestamptz not null,
  decision text check (decision in ('approved', 'refused')),
  decided_by uuid,
  decided_at timestamptz,
  decision_reason text,
  ended_at timestamptz,
  ended_by uuid,
  primary key (town, id),
  foreign key (town, problem) references ledger.problem (town, id)
);
create unique index suspension_waiting on ledger.suspension (town, problem) where decision is null;
create index suspension_problem on ledger.suspension (town, problem, id);

create table ledger.dismissal (
  town text collate "C" not null,
  id uuid not null,
  problem uuid not null,
  ground text not null check (ground in ('untrue', 'not_ours', 'already_done')),
  reason text not null,
  proposed_by uuid not null,
  proposed_at timestamptz not null,
  decision text check (decision in ('confirmed', 'refused')),
  decided_by uuid,
  decided_at timestamptz,
  decision_reason text,
  primary key (town, id),
  foreign key (town, problem) references ledger.problem (town, id),
  check (decided_by is null or decided_by <> proposed_by)
);
create unique index dismissal_waiting on ledger.dismissal (town, problem) where decision is null;
create index dismissal_problem on ledger.dismissal (town, problem, id);

create table ledger.reminder (
  town text collate "C" not null,
  id uuid not null,
  problem uuid not null,
  note text not null,
  sent_by uuid not null,
  sent_at timestamptz not null,
  primary key (town, id),
  foreign key (town, problem) references ledger.problem (town, id)
);
create index reminder_problem on ledger.reminder (town, problem, id);

-- The reports a problem answers, as the ledger may know them: that they exist and by which door, never who sent them.
create table ledger.joined_report (
  town text collate "C" not null,
  problem uuid not null,
  report uuid not null,
  channel text not null,
  -- Somebody holds a receipt for it and can be asked whether it is solved.
  reachable boolean not null,
  joined_by uuid not null,
  joined_at timestamptz not null,
  -- The reporter took it back; it is not asked about and not counted.
  withdrawn_at timestamptz,
  primary key (town, report),
  foreign key (town, problem) references ledger.problem (town, id)
);
create index joined_report_problem on ledger.joined_report (town, problem);
