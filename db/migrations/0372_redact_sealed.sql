-- Words of sealed events leave as those of others do: emptied with their salts, wherever the same was said about the same. Runs as the
-- owner, so that the application needs no right to change a row.
create function audit.redact_sealed_text(town text, subject uuid, said text) returns void
language sql security definer set search_path = pg_catalog as $$
  update audit.sealed_event e set words = (
    select jsonb_agg(case when w ->> 'text' = $3 then w || '{"text": null, "salt": null}' else w end)
    from jsonb_array_elements(e.words) w)
  where e.town = $1 and e.subject = $2 and e.words @> jsonb_build_array(jsonb_build_object('text', $3))
$$;
