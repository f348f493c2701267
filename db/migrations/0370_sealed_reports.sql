-- Reports about people of the town lie apart, in tables that no list, count, search or figure reads: whoever is not to know of one is not
-- kept from it by a condition that could be forgotten (docs/decisions/0074).
alter table limits.category add column sealed boolean not null default false;

-- Who receives the reports of a sealed category; where nobody is named, the secretary does.
create table limits.receiver (
  town text collate "C" not null,
  category uuid not null,
  officer uuid not null,
  primary key (town, category, officer),
  foreign key (town, category) references limits.category (town, id)
);
create trigger directory_moved after insert or update or delete on limits.receiver for each row execute function people.move_directory_version();

create table intake.sealed_report (
  town text collate "C" not null,
  id uuid not null,
  channel text not null,
  status text not null default 'received' check (status in ('received', 'accepted', 'answered', 'referred', 'withdrawn')),
  category uuid not null,
  -- Its reporter asked that the secretary read it instead of the receivers named.
  for_secretary boolean not null default false,
  title text not null,
  details text not null,
  place text not null,
  village uuid,
  lon double precision,
  lat double precision,
  received_at timestamptz not null,
  registered_by uuid,
  receipt_hash bytea not null,
  first_reply_due_at timestamptz,
  first_answered_at timestamptz,
  unread_since timestamptz,
  problem uuid,
  primary key (town, id)
);
create unique index sealed_report_receipt on intake.sealed_report (town, receipt_hash);
create index sealed_report_category on intake.sealed_report (town, category, id);
create index sealed_report_waiting on intake.sealed_report (town, id) where status = 'received' or unread_since is not null;
create index sealed_report_rest on intake.sealed_report (town, id) where status <> 'received' and unread_since is null;

create table intake.sealed_word (
  town text collate "C" not null,
  id uuid not null,
  report uuid not null,
  kind text not null check (kind in ('added', 'answered', 'referred', 'withdrawn', 'accepted', 'read')),
  text text not null default '',
  referred_to text not null default '',
  said_by uuid,
  said_at timestamptz not null,
  primary key (town, id),
  foreign key (town, report) references intake.sealed_report (town, id)
);
create index sealed_word_report on intake.sealed_word (town, report, id);

-- What happens to them: as audit.event keeps it, with its words beside it, and without a leaf of its own. Once a day the log commits to all
-- of it, whether anything happened or not.
create table audit.sealed_event (
  town text collate "C" not null,
  id uuid not null,
  verb text not null,
  actor_kind text not null,
  actor uuid,
  at timestamptz not null,
  subject_kind text not null,
  subject uuid not null,
  body text not null,
  words jsonb not null,
  primary key (town, id)
);
