-- Run after every migration. The application has the role sanwen_app; the owner of the schemas only migrates.
do $$
begin
  if not exists (select from pg_roles where rolname = 'sanwen_app') then
    create role sanwen_app nologin;
  end if;
  if not pg_has_role(current_user, 'sanwen_app', 'member') then
    execute format('grant sanwen_app to %I', current_user);
  end if;
end
$$;

do $$
declare
  room text;
begin
  foreach room in array array['platform', 'people', 'limits', 'vault', 'evidence', 'ledger', 'verification', 'intake', 'detector', 'publication', 'office'] loop
    if exists (select from pg_namespace where nspname = room) then
      execute format('grant usage on schema %I to sanwen_app', room);
      execute format('grant select, insert, update, delete on all tables in schema %I to sanwen_app', room);
      execute format('grant usage on all sequences in schema %I to sanwen_app', room);
    end if;
  end loop;
end
$$;

revoke insert, update, delete on platform.migration from sanwen_app;

-- History: add and read, never change. Words are emptied by audit.redact_text alone (db/migrations/0091).
grant usage on schema audit to sanwen_app;
revoke all on all tables in schema audit from sanwen_app;
grant select, insert on audit.event to sanwen_app;
grant select, insert on audit.private_text to sanwen_app;
grant select, insert on audit.sealed_event to sanwen_app;
grant select, insert, delete on audit.sealed_subject to sanwen_app;
grant select, insert, delete on audit.waiting to sanwen_app;

-- The log only grows: leaves and checkpoints are added, a tile becomes wider. What follows it moves its cursor.
grant usage on schema log to sanwen_app;
revoke all on all tables in schema log from sanwen_app;
grant select, insert on log.leaf, log.checkpoint to sanwen_app;
grant select, insert, update on log.tile, log.tree, log.cursor to sanwen_app;
grant select, insert, update, delete on log.set_aside to sanwen_app;

grant usage on schema proof to sanwen_app;
revoke all on all tables in schema proof from sanwen_app;
grant select, insert on proof.cosignature to sanwen_app;
grant select, insert, update, delete on proof.witness, proof.watched to sanwen_app;
grant select, insert, update on proof.verified to sanwen_app;
