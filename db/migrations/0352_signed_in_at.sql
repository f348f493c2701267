-- When somebody last got in: the list of officers says so, and who never did.
alter table people.account add column signed_in_at timestamptz;
update people.account a set signed_in_at = e.at from (
  select town, subject, max(at) as at from audit.event where verb = 'officer.signed-in' group by town, subject) e
where a.town = e.town and a.id = e.subject;
