-- Who acts: beside officers, residents and the system the town's devices, programs, and accounts of holders who are no officers.
alter table audit.event drop constraint event_actor_kind_check;
alter table audit.event drop constraint event_check;
alter table audit.event add constraint event_actor_kind_check check (
  actor_kind in ('officer', 'resident', 'system', 'device', 'program', 'account:contractor', 'account:enterprise', 'account:resident')
);
alter table audit.event add constraint event_actor_named check ((actor_kind in ('resident', 'system')) = (actor is null));
