-- What was done after its due day and waits for its closing: a list of what is red walks no other that is in hand.
create index problem_done_late on ledger.problem (town, ordinal) where status in ('rectified', 'verified') and rectified_on > due_on;
