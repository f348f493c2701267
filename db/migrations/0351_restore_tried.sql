-- The day on which somebody last tried whether the backup comes back: the program cannot see copies that lie elsewhere.
alter table people.town add column restored_on date;
