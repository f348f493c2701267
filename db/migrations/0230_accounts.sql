-- What somebody signs in with is an account: login, password, second step and sessions are its own. It has the id of its holder; today every
-- holder is an officer. See docs/decisions/0052-accounts-and-actors.md.
create table people.account (
  town text collate "C" not null references people.town,
  id uuid not null,
  kind text not null check (kind in ('officer')),
  -- What is typed to sign in: one of its kind in its town.
  login text not null,
  opened_at timestamptz not null,
  officer uuid check (officer = id),
  primary key (town, id),
  foreign key (town, officer) references people.officer (town, id),
  check ((kind = 'officer') = (officer is not null))
);
insert into people.account (town, id, kind, officer, login, opened_at) select town, id, 'officer', id, login, added_at from people.officer;
create unique index account_login on people.account (town, lower(login));

drop index people.officer_login;
alter table people.officer drop column login;

alter table people.credential rename column officer to account;
alter table people.credential drop constraint credential_town_officer_fkey;
alter table people.credential add foreign key (town, account) references people.account (town, id);

alter table people.past_password rename column officer to account;
alter table people.past_password drop constraint past_password_town_officer_fkey;
alter table people.past_password add foreign key (town, account) references people.account (town, id);
alter index people.past_password_officer rename to past_password_account;

alter table people.totp rename column officer to account;
alter table people.totp drop constraint totp_town_officer_fkey;
alter table people.totp add foreign key (town, account) references people.account (town, id);

alter table people.session rename column officer to account;
alter table people.session drop constraint session_town_officer_fkey;
alter table people.session add foreign key (town, account) references people.account (town, id);
alter index people.session_officer rename to session_account;
