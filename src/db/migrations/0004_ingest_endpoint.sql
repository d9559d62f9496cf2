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

-- Down Migration

drop table ingest_request;
