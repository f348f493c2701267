-- The inbox is kept under a name as the ledger is.
alter table office.list_view drop constraint list_view_list_check;
alter table office.list_view add constraint list_view_list_check check (list in ('ledger', 'inbox'));
