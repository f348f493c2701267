-- A campaign may want its problems done sooner than the category's limit: within so many days of the assignment. Never later.
alter table ledger.campaign add column finish_days integer check (finish_days between 1 and 365);
