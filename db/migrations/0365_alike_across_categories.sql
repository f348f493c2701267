-- What may be the same is looked for whatever category it was given, by village or by nearness.
drop index ledger.problem_open_village;
drop index ledger.problem_open_position;
create index problem_open_village on ledger.problem (town, village, ordinal) where status not in ('closed', 'dismissed');
create index problem_open_position on ledger.problem (town, lat, lon) where status not in ('closed', 'dismissed') and lat is not null;
