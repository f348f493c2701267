-- Who reports may leave the category to the town; whoever sets or corrects it says so to the reporter, with the category.
alter table intake.report alter column category drop not null;
alter table intake.word add column category uuid;
alter table intake.word drop constraint word_kind_check;
alter table intake.word add constraint word_kind_check check (kind in ('added', 'answered', 'referred', 'declined', 'withdrawn', 'accepted',
  'read', 'replied', 'passed-on', 'taken-back', 'separated', 'moved', 'disputed', 'join-confirmed', 'categorised'));
create index report_undecided on intake.report (town, id) where category is null;
