-- A thumbnail is asked for by its own hash.
create index file_thumbnail on evidence.file (town, thumbnail_sha256);
-- Files nobody has used yet are looked through by age.
create index file_added_at on evidence.file (town, added_at);
-- A redacted file is out of sight at once; its bytes go right after the commit, or with the next sweep if a crash came between.
alter table evidence.redaction add column bytes_removed_at timestamptz;
create index redaction_to_remove on evidence.redaction (town, sha256) where bytes_removed_at is null;
-- Whether a file is still in use is asked by its hash.
create index problem_evidence_file on ledger.problem_evidence (town, sha256);
