-- Up Migration

-- What others told of campaigns of theirs: traits under a key that both sides have, until a time.
create table indicator (
  indicator_id integer generated always as identity primary key,
  source text not null,
  trait bigint not null,
  note text not null,
  added_by text not null,
  added_at timestamptz not null,
  expires_at timestamptz not null,
  removed_by text,
  removed_at timestamptz
);
create unique index indicator_present on indicator (source, trait) where removed_at is null;
create index indicator_by_trait on indicator (trait) where removed_at is null;

-- Down Migration

drop table indicator;
