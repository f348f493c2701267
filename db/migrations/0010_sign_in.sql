-- Sign-in: passwords, the second step, sessions, and the gate that counts failures. See docs/decisions/0010-sign-in.md.

create table people.credential (
  town text collate "C" not null,
  officer uuid not null,
  -- scrypt, as better-auth writes it: salt:key in hex.
  password_hash text not null,
  set_at timestamptz not null,
  -- Who chose it: somebody else's choice (set-up, a reset) must be changed at the next sign-in.
  set_by uuid,
  primary key (town, officer),
  foreign key (town, officer) references people.officer (town, id)
);

-- The earlier ones, so that none of the last five is chosen again.
create table people.past_password (
  town text collate "C" not null,
  id uuid not null,
  officer uuid not null,
  password_hash text not null,
  replaced_at timestamptz not null,
  primary key (town, id),
  foreign key (town, officer) references people.officer (town, id)
);
create index past_password_officer on people.past_password (town, officer, id);

create table people.totp (
  town text collate "C" not null,
  officer uuid not null,
  -- The shared secret, sealed under the sign-in key.
  sealed bytea not null,
  proposed_at timestamptz not null,
  -- Set once a first code was right; until then sign-in does not ask for one.
  set_at timestamptz,
  -- The time step of the last code used: no code is good twice.
  last_step bigint not null default 0,
  primary key (town, officer),
  foreign key (town, officer) references people.officer (town, id)
);

create table people.session (
  town text collate "C" not null,
  -- SHA-256 of the token; the token itself is only in the browser's cookie.
  token_hash bytea not null,
  officer uuid not null,
  begun_at timestamptz not null,
  last_seen_at timestamptz not null,
  -- Null while the second step is still to come: such a session opens nothing else.
  opened_at timestamptz,
  primary key (town, token_hash),
  foreign key (town, officer) references people.officer (town, id)
);
create index session_officer on people.session (town, officer);

-- Tries since the last success, by login and by address, both only as keyed hashes.
create table people.sign_in_gate (
  town text collate "C" not null references people.town,
  kind text not null check (kind in ('login', 'address', 'code')),
  key bytea not null,
  tries integer not null,
  last_tried_at timestamptz not null,
  locked_until timestamptz,
  primary key (town, kind, key)
);
create index sign_in_gate_last_tried_at on people.sign_in_gate (town, last_tried_at);
