-- Up Migration

-- Batches that came with a key, and what was answered: a repeat is answered alike, and counted once.
create table ingest_request (
  path text not null,
  idempotency_key text not null,
  -- Keyed, over the unpacked body: another body under the same key is a mistake of the sender's.
  body_hash bytea not null,
  answer jsonb,
  received_at timestamptz not null,
  primary key (path, idempotency_key)
);
create index ingest_request_by_time on ingest_request (received_at);

-- What is wrong with Retort itself at present; a row goes when it is over.
create table ailment (
  ailment text primary key,
  since timestamptz not null,
  begun_at timestamptz not null
);

-- What the jobs of the last day came to is read at every scrape of the metrics.
create index job_slot_by_time on job_slot (slot_at);

alter table outbox drop constraint outbox_kind_check;
alter table outbox add constraint outbox_kind_check
  check (kind in ('campaign_root', 'campaign_reply', 'digest', 'proposal', 'self_alert'));

-- Down Migration

delete from outbox where kind = 'self_alert';
alter table outbox drop constraint outbox_kind_check;
alter table outbox add constraint outbox_kind_check
  check (kind in ('campaign_root', 'campaign_reply', 'digest', 'proposal'));
drop index job_slot_by_time;
drop table ailment, ingest_request;
