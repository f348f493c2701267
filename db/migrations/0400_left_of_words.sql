-- Words may be covered in part. What is left of them is a word of the event that covered them, committed to like every other and sealed:
-- it may be read wherever the words themselves might be. Of words that were covered more than once the latest covering counts.
create function audit.left_of(town text, event uuid, field text) returns text
language sql stable set search_path = pg_catalog as $$
  select l.text
  from audit.event said
  join audit.event r on r.town = said.town and r.subject = said.subject and r.subject_kind = said.subject_kind
    and r.verb = 'text.redacted' and r.body::jsonb #>> '{facts,event}' = $2::text and r.body::jsonb #>> '{facts,field}' = $3
  left join audit.private_text l on l.town = r.town and l.event = r.id and l.field = 'left'
  where said.town = $1 and said.id = $2
  order by r.id desc limit 1
$$;
