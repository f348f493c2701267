-- An identity provider may stand before the same accounts. Whose account a subject there opens is said by the system administrator and
-- granted by the security administrator: whoever binds a subject could else sign in as anybody.
create table people.bound_subject (
  town text collate "C" not null,
  id uuid not null,
  account uuid not null,
  -- As the provider names itself and them (OpenID Connect Core §2: iss, sub).
  issuer text not null,
  subject text not null,
  asked_at timestamptz not null,
  asked_by uuid not null,
  granted_at timestamptz,
  granted_by uuid,
  ended_at timestamptz,
  ended_by uuid,
  primary key (town, id),
  foreign key (town, account) references people.account (town, id),
  foreign key (town, asked_by) references people.officer (town, id),
  foreign key (town, granted_by) references people.officer (town, id),
  foreign key (town, ended_by) references people.officer (town, id),
  check ((granted_at is null) = (granted_by is null) and (ended_at is null) = (ended_by is null))
);
create unique index bound_subject_account on people.bound_subject (town, account) where ended_at is null;
create unique index bound_subject_subject on people.bound_subject (town, issuer, subject) where ended_at is null;

-- Null: begun with the account's password.
alter table people.session add column bound_subject uuid;
alter table people.session add foreign key (town, bound_subject) references people.bound_subject (town, id);
