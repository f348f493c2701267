-- What was sent lately, by sameness: HMAC of normalised text with the contact, and again with the device.
-- Claiming the row decides, between two sendings at once, which is the report and which is folded into it; swept after an hour.
create table intake.sending (
  town text collate "C" not null,
  sameness bytea not null,
  report uuid not null,
  sent_at timestamptz not null,
  primary key (town, sameness)
);
create index sending_sent_at on intake.sending (town, sent_at);

drop index intake.report_sameness;
alter table intake.report drop column sameness;

-- Null when the official calendar of that year is not in the database yet: a report is never refused for it, a working day never guessed.
alter table intake.report alter column first_reply_due_at drop not null;
create index report_waiting on intake.report (town, first_reply_due_at) where status = 'received';

create index identity_look_report on intake.identity_look (town, report, id);
create index report_photo_file on intake.report_photo (town, sha256);
create index draft_photo_file on intake.draft_photo (town, sha256);

-- Duplicates are looked for among the open problems of one category, by village or by nearness.
create index problem_open_village on ledger.problem (town, category, village, ordinal) where status not in ('closed', 'dismissed');
create index problem_open_position on ledger.problem (town, category, lat, lon) where status not in ('closed', 'dismissed') and lat is not null;
