-- Up Migration

-- Big tables carry account_key in every primary key, without foreign keys or triggers, so that Citus can
-- distribute them by account. account_key and exchange_key are keyed 64-bit hashes made at ingest
-- (docs/decisions/0002-keyed-account-hashes.md); the text of an account's id stands once, in account.

create table model (
  model_id smallint generated always as identity primary key,
  name text not null unique,
  released_at timestamptz
);

create table account (
  account_key bigint primary key,
  account_id text not null,
  created_at timestamptz,
  organization_id text,
  email_domain text,
  email_disposable boolean,
  payment_kind text,
  plan text,
  program text,
  verification text,
  country text,
  status text not null default 'active',
  status_at timestamptz,
  -- Traits that hold for the account as a whole: payment, sign-up network, mail domain.
  traits bigint[] not null default '{}',
  updated_at timestamptz not null
);
create index account_by_id on account (account_id);
create index account_by_creation on account (created_at);

create table ingest_batch (
  batch_id integer generated always as identity primary key,
  source text not null,
  opened_at timestamptz not null,
  closed_at timestamptz,
  rolled_up_at timestamptz,
  traits_rolled_up_at timestamptz,
  earliest_at timestamptz,
  latest_at timestamptz,
  accepted integer not null default 0,
  duplicates integer not null default 0,
  quarantined integer not null default 0
);
create index ingest_batch_to_roll_up on ingest_batch (batch_id) where closed_at is not null and rolled_up_at is null;
create index ingest_batch_to_read_traits on ingest_batch (batch_id)
  where closed_at is not null and traits_rolled_up_at is null;

create table exchange (
  account_key bigint not null,
  occurred_at timestamptz not null,
  exchange_key bigint not null,
  batch_id integer not null,
  input_tokens integer,
  output_tokens integer,
  reasoning_tokens integer,
  model_id smallint not null,
  marks smallint not null default 0,
  outcome smallint not null default 0,
  capability smallint not null default 0,
  access_path smallint not null default 0,
  traits bigint[] not null default '{}',
  primary key (account_key, occurred_at, exchange_key)
) partition by range (occurred_at);
-- Batches are appended in order, so a block range index finds one at almost no cost.
create index exchange_by_batch on exchange using brin (batch_id) with (pages_per_range = 16);

create table quarantine (
  quarantine_id bigint generated always as identity primary key,
  batch_id integer not null,
  source text not null,
  line_number bigint not null,
  reason text not null,
  line_bytes bigint not null,
  -- A keyed hash, to recognise the same line again; the line itself may hold prompt text and is not kept.
  line_hash bigint not null,
  quarantined_at timestamptz not null
);
create index quarantine_by_time on quarantine (quarantined_at);

create table account_day (
  account_key bigint not null,
  day date not null,
  exchanges integer not null,
  refused integer not null,
  input_tokens bigint not null,
  output_tokens bigint not null,
  reasoning_tokens bigint not null,
  -- One bit for each UTC hour with an exchange.
  hours integer not null,
  elicited integer not null,
  graded integer not null,
  replayed integer not null,
  probed integer not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  primary key (account_key, day)
-- Updated all day: with room on its page an update need not touch the indexes.
) with (fillfactor = 70);
create index account_day_by_day on account_day (day);

-- Which accounts show which shared trait, a day at a time. Traits seen in one account only are not kept.
create table account_trait (
  account_key bigint not null,
  trait bigint not null,
  day date not null,
  uses integer not null,
  elicited integer not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  primary key (account_key, trait, day)
) partition by range (day);

-- Traits that two accounts share, or of text five that also repeat them: from then on every sighting is kept.
create table trait (
  trait bigint primary key,
  promoted_at timestamptz not null
);

create table traffic_hour (
  hour timestamptz not null,
  model_id smallint not null,
  capability smallint not null,
  exchanges integer not null,
  primary key (hour, model_id, capability)
);

create table watermark (
  name text primary key,
  at timestamptz not null
);

-- From here on: small tables, local to the coordinator.

create table hit (
  detection_id text not null,
  trait text not null,
  found_at timestamptz not null,
  last_found_at timestamptz not null,
  weight real not null,
  accounts bigint[] not null,
  evidence jsonb not null,
  primary key (detection_id, trait)
);

create table campaign (
  campaign_id integer generated always as identity primary key,
  kind text not null check (kind in ('extraction', 'resale')),
  status text not null,
  severity text not null,
  confidence real not null,
  account_count integer not null,
  exchange_count bigint not null,
  first_exchange_at timestamptz,
  last_exchange_at timestamptz,
  families text[] not null,
  detections text[] not null,
  evidence jsonb not null,
  alerted_at timestamptz,
  -- What the last alert said, so that the next one is sent for a reason.
  alerted jsonb,
  acknowledged_by text,
  acknowledged_at timestamptz,
  post_channel text,
  post_ts text,
  merged_into integer references campaign,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version integer not null default 1
);

create table campaign_account (
  campaign_id integer not null references campaign,
  account_key bigint not null,
  strength real not null,
  standing text not null check (standing in ('member', 'review')),
  detections text[] not null,
  joined_at timestamptz not null,
  left_at timestamptz,
  primary key (campaign_id, account_key)
);
create index campaign_account_by_account on campaign_account (account_key);

create table outbox (
  outbox_id bigint generated always as identity primary key,
  kind text not null check (kind in ('campaign_root', 'campaign_reply', 'digest')),
  campaign_id integer references campaign,
  -- The same thing asked for twice is one row: a digest's slot, a reply's reason and version.
  dedup_key text not null unique,
  payload jsonb not null,
  state text not null default 'pending' check (state in ('pending', 'sending', 'unknown', 'sent', 'dead')),
  -- Opaque, travels in the post's metadata, and finds the post again after an unknown outcome.
  delivery_id uuid not null,
  attempts integer not null default 0,
  not_before timestamptz not null,
  lease_token uuid,
  lease_until timestamptz,
  channel text,
  ts text,
  last_error text,
  created_at timestamptz not null,
  sent_at timestamptz
);
create index outbox_due on outbox (not_before) where state in ('pending', 'sending', 'unknown');

create table audit_entry (
  seq bigint primary key,
  at timestamptz not null,
  actor text not null,
  action text not null,
  subject text not null,
  reason text not null,
  detail jsonb not null,
  previous_hash bytea not null,
  hash bytea not null
);

-- The chain of hashes shows a change; this keeps it from happening by mistake.
create function refuse_audit_change() returns trigger language plpgsql as $$
begin
  raise exception 'audit_entry is append-only: % refused', lower(tg_op) using errcode = 'insufficient_privilege';
end
$$;
create trigger audit_entry_append_only before update or delete or truncate on audit_entry
  for each statement execute function refuse_audit_change();

create table job_slot (
  job text not null,
  slot_at timestamptz not null,
  state text not null check (state in ('running', 'done', 'failed')),
  attempts integer not null,
  lease_token uuid,
  lease_until timestamptz,
  started_at timestamptz not null,
  finished_at timestamptz,
  result jsonb,
  error text,
  primary key (job, slot_at)
);

-- Down Migration

drop table job_slot, audit_entry, outbox, campaign_account, campaign, hit, watermark, traffic_hour, trait,
  account_trait, account_day, quarantine, exchange, ingest_batch, account, model;
drop function refuse_audit_change;
