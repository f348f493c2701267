-- Failures are counted, not tries, and apart: a login as a whole, a login from one address, a login on a device that signed in before,
-- an address. See docs/decisions/0045-locks.md. What was counted so far lives for minutes and goes.
drop table people.sign_in_gate;

create table people.sign_in_gate (
  town text collate "C" not null references people.town,
  kind text not null check (kind in ('address', 'code', 'device', 'here', 'login', 'password')),
  -- A keyed hash of what is counted: nobody reads from it what was typed, or where.
  key bytea not null,
  -- The keyed hash of the login it is about, so that an administrator's unlocking finds everything.
  login bytea,
  failures integer not null,
  -- No further try before this.
  closed_until timestamptz,
  -- From when on the row says nothing: set when it begins or locks, and never moved by tries in between.
  ends_at timestamptz not null,
  primary key (town, kind, key)
);
create index sign_in_gate_ends_at on people.sign_in_gate (town, ends_at);
create index sign_in_gate_login on people.sign_in_gate (town, login) where login is not null;
