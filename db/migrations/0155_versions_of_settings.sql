-- A form of the settings names the version its page was drawn from, and is refused when somebody else changed it meanwhile.
alter table people.unit add column version integer not null default 1;
alter table people.village add column version integer not null default 1;
alter table people.officer add column version integer not null default 1;
alter table rules.category add column version integer not null default 1;
alter table rules.policy add column version integer not null default 1;
alter table rules.calendar_year add column version integer not null default 1;
alter table ledger.campaign add column version integer not null default 1;
alter table ledger.theme add column version integer not null default 1;
