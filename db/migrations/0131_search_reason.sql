-- Why somebody searched by telephone number: the class is public, the written reason is sealed, because it may name the person.
create table vault.search (
  town text collate "C" not null references people.town,
  id uuid not null,
  searched_by uuid not null,
  searched_at timestamptz not null,
  found integer not null,
  reason_class text not null check (reason_class in ('call-back', 'clarify', 'danger', 'authority', 'other')),
  sealed_reason bytea not null,
  primary key (town, id)
);
create index search_at on vault.search (town, searched_at);
