-- A report that was joined to the wrong problem leaves it, and may answer another one, or the same again.
alter table ledger.joined_report
  -- The town took it out: it is not asked about, not counted, and what its reporter answered stands in nobody's way.
  add column separated_at timestamptz,
  drop constraint joined_report_pkey,
  add constraint joined_report_pkey primary key (town, problem, report);
-- A report answers one problem at a time.
create unique index joined_report_answers on ledger.joined_report (town, report) where separated_at is null;
-- What it answered before: whoever is involved there never learns who sent it.
create index joined_report_separated on ledger.joined_report (town, report) where separated_at is not null;
drop index ledger.joined_report_problem; -- the primary key begins in the same way

alter table intake.word drop constraint word_kind_check;
alter table intake.word add constraint word_kind_check check (kind in ('added', 'answered', 'referred', 'declined', 'withdrawn', 'accepted',
  'read', 'replied', 'passed-on', 'taken-back', 'separated', 'moved', 'disputed', 'join-confirmed'));

-- Since when its reporter says that the problem is not what they meant, and nobody has decided it.
alter table intake.report add column disputed_at timestamptz;
create index report_disputed on intake.report (town, disputed_at, id) where disputed_at is not null;
create index report_disputed_page on intake.report (town, id) where disputed_at is not null;
