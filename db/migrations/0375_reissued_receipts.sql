-- A lost receipt is made anew: another code of the same report, and the one before opens nothing any more. What is kept of the dead one is
-- its keyed hash, so that whoever shows it is told what happened. At most one a day and report.
create table intake.reissue (
  town text collate "C" not null,
  report uuid not null,
  -- Which issue of the report's receipt it is: the first receipt is 0 and stands here as no row.
  issue integer not null check (issue > 0),
  manner text not null check (manner in ('phone', 'desk')),
  dead_hash bytea not null,
  reissued_at timestamptz not null,
  reissued_by uuid not null,
  primary key (town, report, issue),
  foreign key (town, report) references intake.report (town, id)
);
create unique index reissue_dead on intake.reissue (town, dead_hash);

-- Why somebody looked: to hand out a receipt anew.
alter table vault.look drop constraint look_reason_class_check;
alter table vault.look add constraint look_reason_class_check
  check (reason_class in ('call-back', 'clarify', 'danger', 'authority', 'receipt', 'other'));
alter table vault.search drop constraint search_reason_class_check;
alter table vault.search add constraint search_reason_class_check
  check (reason_class in ('call-back', 'clarify', 'danger', 'authority', 'receipt', 'other'));
