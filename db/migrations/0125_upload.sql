-- A photo that waits for what it was sent for: a hash alone permits nothing, this row does. It goes when the photo is used, so that
-- nothing is kept of whence a report's photo came, and with the photo when it never is.
create table evidence.upload (
  town text collate "C" not null references people.town,
  sha256 text collate "C" not null,
  for_kind text not null check (for_kind in ('draft', 'report', 'problem')),
  for_id uuid not null,
  -- Who sent it; null for a resident, who is known by the draft or the receipt they hold.
  officer uuid,
  -- A keyed hash of the officer, or of the address a resident wrote from.
  origin bytea not null,
  -- What it costs on disk: shown, small and sealed.
  bytes bigint not null,
  uploaded_at timestamptz not null,
  unique nulls not distinct (town, for_kind, for_id, sha256, officer),
  foreign key (town, sha256) references evidence.file (town, sha256)
);
create index upload_origin on evidence.upload (town, origin) include (bytes);
create index upload_uploaded_at on evidence.upload (town, uploaded_at);
create index upload_file on evidence.upload (town, sha256);

-- Photos of drafts under way go on waiting for them; those that nothing uses wait for a draft that never was, and are swept.
insert into evidence.upload (town, sha256, for_kind, for_id, officer, origin, bytes, uploaded_at)
select f.town, f.sha256, 'draft', coalesce(d.draft, gen_random_uuid()), null, ''::bytea, f.bytes + coalesce(o.bytes, 0), f.added_at
from evidence.file f
left join evidence.original o on o.town = f.town and o.sha256 = f.sha256
left join intake.draft_photo d on d.town = f.town and d.sha256 = f.sha256
where d.draft is not null or not (
  exists (select from intake.report_photo p where p.town = f.town and p.sha256 = f.sha256)
  or exists (select from ledger.problem_evidence e where e.town = f.town and e.sha256 = f.sha256)
  or exists (select from evidence.redaction r where r.town = f.town and (r.sha256 = f.sha256 or r.replaced_by = f.sha256)))
on conflict do nothing;
