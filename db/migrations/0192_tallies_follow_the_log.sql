-- The figures follow the log (src/open/publication/follow-tallies.ts): nothing counts in the transaction of its cause any more. What was
-- counted so far is counted again, from the first leaf on.
drop trigger tally_opened on ledger.problem;
drop trigger tally_moved on ledger.problem;
drop trigger tally_asked on verification.question;
drop trigger tally_answered on verification.answer;
drop trigger tally_looked_back on verification.look_back;
drop trigger tally_replied on intake.report;
drop trigger tally_replied_at_once on intake.report;
drop trigger tally_reply_dated on intake.report;

drop function publication.count_problem(), publication.count_question(), publication.count_answer(), publication.count_look_back(),
  publication.count_reply(), publication.count_reply_again(), publication.count_again(text), publication.counted_of(ledger.problem),
  publication.add_tally(text, uuid, text, date, bigint);

delete from publication.tally;
