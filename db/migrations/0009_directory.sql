-- Any change of a name the pages show moves the town's directory_version.
create function people.move_directory_version() returns trigger language plpgsql as $$
begin
  update people.town set directory_version = directory_version + 1 where town = coalesce(new.town, old.town);
  return null;
end
$$;

create trigger directory_moved after insert or update or delete on people.unit for each row execute function people.move_directory_version();
create trigger directory_moved after insert or update or delete on people.village for each row execute function people.move_directory_version();
create trigger directory_moved after insert or update or delete on people.officer for each row execute function people.move_directory_version();
create trigger directory_moved after insert or update or delete on people.duty for each row execute function people.move_directory_version();
create trigger directory_moved after insert or update or delete on rules.category for each row execute function people.move_directory_version();
create trigger directory_moved after insert or update or delete on rules.policy for each row execute function people.move_directory_version();
create trigger directory_moved after insert or update or delete on rules.calendar_year for each row execute function people.move_directory_version();
create trigger directory_moved after insert or update or delete on ledger.campaign for each row execute function people.move_directory_version();
create trigger directory_moved after insert or update or delete on ledger.theme for each row execute function people.move_directory_version();
create trigger directory_moved_town after update of name_zh, name_en, prefix, host on people.town for each row execute function people.move_directory_version();

-- A town added, or a host name moved, concerns every town's visitors: all versions move.
create function people.move_every_directory_version() returns trigger language plpgsql as $$
begin
  update people.town set directory_version = directory_version + 1;
  return null;
end
$$;
create trigger directories_moved after insert or delete on people.town for each statement execute function people.move_every_directory_version();
create trigger directories_moved_host after update of host on people.town for each statement execute function people.move_every_directory_version();
