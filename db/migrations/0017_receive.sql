-- Appending an event in one call: the event, and the words its commitments stand for.
create function audit.append_event(
  town text, id uuid, verb text, actor_kind text, actor uuid, at timestamptz, subject_kind text, subject uuid, body text,
  fields text[], salts bytea[], texts text[]
) returns uuid language plpgsql as $$
begin
  insert into audit.event (town, id, verb, actor_kind, actor, at, subject_kind, subject, body)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9);
  for i in 1 .. cardinality(fields) loop
    insert into audit.private_text (town, event, field, salt, text) values ($1, $2, fields[i], salts[i], texts[i]);
  end loop;
  return id;
end
$$;

-- The busiest write there is, in one round trip and with plans kept by the session: as one WITH statement of 46 parameters,
-- parsed and planned anew each time, it cost twice the CPU.
-- Answers null when the report is kept. Otherwise nothing is kept but marks claimed halfway, and the answer is the version of
-- the rules now: moved on, or the same when the report is the twin of another sending.
create function intake.receive_report(
  town text, rules_version bigint, report uuid, channel text, category uuid, title text, details text, village uuid, place text,
  lon double precision, lat double precision, received_at timestamptz, registered_by uuid, receipt_hash bytea, first_reply_due_at timestamptz,
  search text, sealed bytea, photos text[], marks bytea[], same_sending interval
) returns bigint language plpgsql as $$
declare
  now_version bigint;
  mark bytea;
begin
  select t.directory_version into strict now_version from people.town t where t.town = $1;
  if now_version <> rules_version then
    return now_version;
  end if;
  -- Of two at once the second waits here for the first one's commit, then finds its row.
  foreach mark in array marks loop
    insert into intake.sending as s (town, sameness, report, sent_at) values ($1, mark, $3, $12)
      on conflict on constraint sending_pkey do update set report = excluded.report, sent_at = excluded.sent_at
      where s.sent_at not between excluded.sent_at - same_sending and excluded.sent_at + same_sending;
    if not found then
      return now_version;
    end if;
  end loop;
  insert into intake.report (town, id, channel, status, category, title, details, village, place, lon, lat, received_at, registered_by, receipt_hash, first_reply_due_at, search)
    values ($1, $3, $4, 'received', $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16::tsvector);
  for i in 1 .. cardinality(photos) loop
    insert into intake.report_photo (town, report, position, sha256, added_at) values ($1, $3, i, photos[i], $12);
  end loop;
  if sealed is not null then
    insert into intake.identity (town, report, sealed) values ($1, $3, $17);
  end if;
  return null;
end
$$;

-- The category's own key already leads to the town.
alter table intake.report drop constraint report_town_fkey;
