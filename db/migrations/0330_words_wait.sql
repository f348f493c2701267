-- What a reporter adds waits until it was read, and what the town replies stands among what was said of a report.
alter table intake.word drop constraint word_kind_check;
alter table intake.word add constraint word_kind_check
  check (kind in ('added', 'answered', 'referred', 'declined', 'withdrawn', 'accepted', 'read', 'replied', 'passed-on'));

-- Since when something lies here that its reporter added and nobody has read.
alter table intake.report add column unread_since timestamptz;

-- Of before: whoever settled a report had what was added until then before them; what came later nobody was shown.
update intake.report r set unread_since = w.since from (
  select w.town, w.report, min(w.said_at) as since from intake.word w
  where w.kind = 'added' and not exists (
    select from intake.word s where s.town = w.town and s.report = w.report and s.kind <> 'added' and s.id > w.id)
  group by w.town, w.report) w
where r.town = w.town and r.id = w.report;

-- Read or not, a town has millions of reports; these hold the few that wait: by how long, and as the inbox turns its pages.
create index report_unread on intake.report (town, unread_since, id) where unread_since is not null;
create index report_unread_page on intake.report (town, id) where unread_since is not null;
