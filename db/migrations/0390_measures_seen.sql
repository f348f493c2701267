-- The measures that whoever checked saw carried out, by position; null: checked before each was asked about.
alter table verification.check add column measures_seen integer[];
-- Why others were not seen, in the verifier's words.
alter table verification.check add column unseen text not null default '';
