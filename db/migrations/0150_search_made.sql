-- In which way the words of a row were made (platform/search-words.ts SEARCH_MADE): those of before are made again by the clock, some at
-- a time, and are found meanwhile as they were. Since 1 places, villages and units are found too, names by their ids, and what nobody
-- sees or what stands between words is in nobody's way. See docs/decisions/0046-names-are-found-by-id.md.
alter table ledger.problem add column search_made smallint not null default 0;
alter table ledger.problem alter column search_made set default 1;
create index problem_search_made on ledger.problem (town, id) where search_made < 1;

alter table intake.report add column search_made smallint not null default 0;
alter table intake.report alter column search_made set default 1;
create index report_search_made on intake.report (town, id) where search_made < 1;
