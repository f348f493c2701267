-- How such a thing was answered last time: the latest of what the desk answered with, and what holds the same words (intake/earlier-answers.ts).
create index word_answer on intake.word (town, id) where kind in ('answered', 'referred', 'declined', 'replied');
-- Few were taken back: none of them is looked for among all that was said.
create index word_taken_back on intake.word (town, report, id) where kind = 'taken-back';
-- As of problems (0026): tells rare words, which the index is asked for, from common ones.
alter table intake.report alter column search set statistics 500;
