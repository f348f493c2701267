-- What a problem's page, its desk and the latest changes read of the events: neighbours who have it too, and thousands of reports, do not
-- stand between them. Only acts on problems pay for these.
create index event_story on audit.event (town, subject, id) where subject_kind = 'problem' and verb <> 'problem.me-too';
create index event_latest on audit.event (town, id) where subject_kind = 'problem' and verb <> 'problem.me-too';
