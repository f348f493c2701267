-- What every room stands on: the keys of forms already sent.
create schema if not exists platform;

-- A form carries a key made when the page was drawn. The command and this row commit together,
-- so a double tap or a retry finds the outcome of the first sending instead of doing it again.
create table platform.form_key (
  town text collate "C" not null,
  key uuid not null,
  purpose text not null,
  outcome text not null default '',
  used_at timestamptz not null,
  primary key (town, key)
);
create index form_key_used_at on platform.form_key (town, used_at);
