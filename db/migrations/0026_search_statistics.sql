-- 5,000 lexemes with their frequencies instead of 1,000: tells words on one entry in five hundred from rarer ones
-- (src/publication/frequent-words.ts).
alter table ledger.problem alter column search set statistics 500;
