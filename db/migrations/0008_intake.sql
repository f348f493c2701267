-- What people told the town, through any door. Private until a problem on the ledger says it in the town's own words.
create schema intake;

create table intake.report (
  town text collate "C" not null references people.town,
  id uuid not null,
  channel text not null check (channel in ('web','phone','box','meeting','visit','letter','open311','import','sensor','patrol','enterprise')),
  status text not null check (status in ('received','accepted','answered','referred','declined','withdrawn')),
  category uuid not null,
  title text not null check (length(title) between 1 and 200),
  details text not null default '',
  village uuid,
  place text not null default '',
  lon double precision,
  lat double precision,
  received_at timestamptz not null,
  registered_by uuid,
  -- HMAC of the receipt code: the code itself is nowhere in the database.
  receipt_hash bytea not null,
  -- HMAC of normalised text with contact or device: the same again within ten minutes is folded into the first.
  sameness bytea not null,
  first_reply_due_at timestamptz not null,
  first_answered_at timestamptz,
  problem uuid,
  search tsvector not null default '',
  primary key (town, id),
  foreign key (town, category) references rules.category (town, id),
  foreign key (town, village) references people.village (town, id),
  foreign key (town, problem) references ledger.problem (town, id),
  check ((status = 'accepted') = (problem is not null) or status = 'withdrawn')
);
create unique index report_receipt on intake.report (town, receipt_hash);
create index report_sameness on intake.report (town, sameness, received_at);
create index report_status on intake.report (town, status, id);
create index report_problem on intake.report (town, problem) where problem is not null;
create index report_search on intake.report using gin (search);

create table intake.report_photo (
  town text collate "C" not null,
  report uuid not null,
  position integer not null,
  sha256 text collate "C" not null,
  added_at timestamptz not null,
  primary key (town, report, position),
  foreign key (town, report) references intake.report (town, id),
  foreign key (town, sha256) references evidence.file (town, sha256)
);

-- What the town did with a report, or a word the reporter added: append-only.
create table intake.word (
  town text collate "C" not null,
  id uuid not null,
  report uuid not null,
  kind text not null check (kind in ('added', 'answered', 'referred', 'declined', 'withdrawn', 'accepted')),
  text text not null,
  referred_to text not null default '',
  said_by uuid,
  said_at timestamptz not null,
  primary key (town, id),
  foreign key (town, report) references intake.report (town, id)
);
create index word_report on intake.word (town, report, id);

-- The identity vault: name and phone, sealed with AES-256-GCM under a key that is not in the database.
create table intake.identity (
  town text collate "C" not null,
  report uuid not null,
  sealed bytea not null,
  primary key (town, report),
  foreign key (town, report) references intake.report (town, id)
);

create table intake.identity_look (
  town text collate "C" not null,
  id uuid not null,
  report uuid not null,
  looked_by uuid not null,
  looked_at timestamptz not null,
  reason text not null,
  primary key (town, id),
  foreign key (town, report) references intake.identity (town, report)
);

-- "I have this too": one count a device and problem, the device only as a keyed hash.
create table intake.me_too (
  town text collate "C" not null,
  problem uuid not null,
  device bytea not null,
  said_at timestamptz not null,
  primary key (town, problem, device),
  foreign key (town, problem) references ledger.problem (town, id)
);

-- Answers of a report not yet sent, sealed like the vault; swept after a day.
create table intake.draft (
  town text collate "C" not null references people.town,
  id uuid not null,
  sealed bytea not null,
  started_at timestamptz not null,
  primary key (town, id)
);
create index draft_started_at on intake.draft (town, started_at);
create table intake.draft_photo (
  town text collate "C" not null,
  draft uuid not null,
  position integer not null,
  sha256 text collate "C" not null,
  primary key (town, draft, position),
  foreign key (town, draft) references intake.draft (town, id) on delete cascade
);
