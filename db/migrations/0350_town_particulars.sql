-- What a town says of itself to everybody: how to reach it, who answers for the site, under which numbers the site is on record.
alter table people.town
  add column phone text not null default '',
  add column hours text not null default '',
  add column address text not null default '',
  add column responsible text not null default '',
  add column icp_record text not null default '',
  add column police_record text not null default '',
  add column version integer not null default 1;
