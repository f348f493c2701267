-- What the desk may begin an answer from, kept by the town: of a category, or of any.
create table limits.standard_answer (
  town text collate "C" not null,
  id uuid not null,
  category uuid,
  name_zh text not null,
  name_en text not null default '',
  text text not null,
  added_at timestamptz not null,
  retired_at timestamptz,
  version integer not null default 1,
  primary key (town, id),
  foreign key (town, category) references limits.category (town, id)
);
create index standard_answer_category on limits.standard_answer (town, category, id) where retired_at is null;
