-- What gives events their place is a room of its own, below everything that follows them: src/town/log. What retells and witnesses the
-- log stays in proof.
create schema log;
alter table proof.leaf set schema log;
alter table proof.tile set schema log;
alter table proof.tree set schema log;
alter table proof.checkpoint set schema log;
