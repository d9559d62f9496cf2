-- Up Migration

-- What people decided of a detection; without a row it is as its file says.
create table detection_state (
  detection_id text primary key,
  state text not null check (state in ('enabled', 'shadow', 'disabled')),
  changed_by text not null,
  changed_at timestamptz not null,
  reason text not null
);

-- The newest run of each detection: how late the next one is, is known from here.
create table detection_run (
  detection_id text primary key,
  ran_at timestamptz not null,
  window_end timestamptz not null
);

-- Windows that a detection did not look at, or not in time.
create table detection_gap (
  detection_id text not null,
  window_end timestamptz not null,
  reason text not null check (reason in ('failed', 'timed_out', 'late')),
  error text not null,
  state text not null default 'open' check (state in ('open', 'caught_up', 'given_up')),
  attempts integer not null default 0,
  recorded_at timestamptz not null,
  settled_at timestamptz,
  primary key (detection_id, window_end)
);
create index detection_gap_open on detection_gap (window_end) where state = 'open';

-- Accounts, organisations and traits that are known to be good, until a time.
create table exception_entry (
  exception_id integer generated always as identity primary key,
  kind text not null check (kind in ('account', 'organization', 'trait')),
  subject text not null,
  owner text not null,
  reason text not null,
  added_by text not null,
  added_at timestamptz not null,
  ends_at timestamptz not null,
  -- By a person before its time, or by Retort once the time had come.
  ended_by text,
  ended_at timestamptz,
  check (ends_at > added_at)
);
create unique index exception_entry_present on exception_entry (kind, subject) where ended_at is null;

create index account_by_organization on account (organization_id) where organization_id is not null;

alter table hit add column shadow boolean not null default false;

-- Who confirmed or dismissed the campaign, when and why.
alter table campaign
  add column decided_by text,
  add column decided_at timestamptz,
  add column decided_reason text;

-- Down Migration

alter table campaign drop column decided_by, drop column decided_at, drop column decided_reason;
alter table hit drop column shadow;
drop index account_by_organization;
drop table exception_entry, detection_gap, detection_run, detection_state;
