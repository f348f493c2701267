-- Sessions that can be named, told apart and ended one by one: by what browser, on what, from where. The address goes with the session.
alter table people.session
  add column id uuid,
  add column browser text not null default 'other'
    check (browser in ('wechat', 'dingtalk', 'qq', 'uc', 'huawei', 'xiaomi', 'edge', 'firefox', 'chrome', 'safari', 'other')),
  add column system text not null default 'other'
    check (system in ('harmony', 'android', 'iphone', 'ipad', 'windows', 'mac', 'linux', 'other')),
  add column address text not null default '';
update people.session set id = gen_random_uuid();
alter table people.session
  alter column id set not null,
  alter column browser drop default,
  alter column system drop default,
  alter column address drop default;
create unique index session_id on people.session (town, id);
-- Swept by their beginning, which does not move.
create index session_begun_at on people.session (town, begun_at);

-- Where an officer signed in before, so that it can be listed and forgotten: the browser keeps the id with our signature over it.
create table people.known_device (
  town text collate "C" not null,
  account uuid not null,
  id uuid not null,
  browser text not null
    check (browser in ('wechat', 'dingtalk', 'qq', 'uc', 'huawei', 'xiaomi', 'edge', 'firefox', 'chrome', 'safari', 'other')),
  system text not null check (system in ('harmony', 'android', 'iphone', 'ipad', 'windows', 'mac', 'linux', 'other')),
  known_at timestamptz not null,
  signed_in_at timestamptz not null,
  primary key (town, account, id),
  foreign key (town, account) references people.account (town, id)
);
create index known_device_signed_in_at on people.known_device (town, signed_in_at);
