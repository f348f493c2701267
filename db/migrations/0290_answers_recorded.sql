-- What a reporter said when called or visited, written down by somebody uninvolved; both null: the reporter answered by receipt code.
alter table verification.answer
  add column manner text check (manner in ('phone', 'visit', 'email', 'wechat')),
  add column recorded_by uuid,
  add constraint answer_recorded check ((manner is null) = (recorded_by is null));

-- Whether somebody can be asked is judged when they are asked, by what can be used then (src/loop/verification/reporters.ts).
alter table ledger.joined_report drop column reachable;
