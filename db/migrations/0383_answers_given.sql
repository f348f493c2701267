-- How such a thing was answered last time: the latest of what the desk answered with, and what holds the same words (intake/earlier-answers.ts).
create index word_answer on intake.word (town, id) where kind in ('answered', 'referred', 'declined', 'replied');
-- As of problems (0026): tells rare words, which the index is asked for, from common ones.
alter table intake.report alter column search set statistics 500;
