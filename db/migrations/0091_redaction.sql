-- Text and salt go together: a commitment whose salt is kept could be tried against guesses.
alter table audit.private_text alter column salt drop not null;

-- The one way words leave: emptied, never replaced. Runs as the owner, so that the application needs no right to change a row.
create function audit.redact_text(town text, event uuid, field text, at timestamptz) returns boolean
language plpgsql security definer set search_path = pg_catalog as $$
begin
  update audit.private_text w set text = null, salt = null, redacted_at = $4
    where w.town = $1 and w.event = $2 and w.field = $3 and w.text is not null;
  return found;
end
$$;
