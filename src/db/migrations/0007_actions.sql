-- Up Migration

-- An action on exactly the accounts of its ledger. The checks are the last line: whatever the program does, nobody
-- approves their own, and nothing runs without enough approvals.
create table proposal (
  proposal_id integer generated always as identity primary key,
  campaign_id integer not null references campaign,
  action text not null
    check (action in ('suspend', 'ban', 'restore', 'require_verification', 'rate_limit', 'watermark')),
  scope text not null check (scope in ('members', 'with_review', 'chosen')),
  digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  account_count integer not null check (account_count > 0),
  dry_run boolean not null,
  reason text not null,
  -- What the proposer was shown.
  seen jsonb not null,
  state text not null default 'proposed'
    check (state in ('proposed', 'approved', 'executing', 'done', 'rejected', 'void', 'expired')),
  proposed_by text not null,
  proposed_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > proposed_at),
  approvals_needed smallint not null check (approvals_needed in (1, 2)),
  approved_by text,
  approved_at timestamptz,
  second_approved_by text,
  second_approved_at timestamptz,
  closed_by text,
  closed_at timestamptz,
  closed_reason text,
  finished_at timestamptz,
  -- Who is executing it, and when it is looked at next.
  lease_token uuid,
  lease_until timestamptz,
  not_before timestamptz,
  post_channel text,
  post_ts text,
  constraint approved_by_another check (approved_by <> proposed_by),
  constraint second_approved_by_a_third check (second_approved_by <> proposed_by and second_approved_by <> approved_by),
  constraint runs_only_approved check (state not in ('approved', 'executing', 'done')
    or approved_by is not null and (approvals_needed = 1 or second_approved_by is not null))
);
create unique index proposal_open on proposal (campaign_id) where state in ('proposed', 'approved', 'executing');
create index proposal_due on proposal (not_before) where state in ('approved', 'executing');

-- The accounts of a proposal, and what became of each. Rows are written with the proposal and at no other time.
create table action_ledger (
  account_key bigint not null,
  proposal_id integer not null,
  account_id text not null,
  -- The same over all attempts: by it the account service knows what it has done already.
  idempotency_key uuid not null default gen_random_uuid(),
  state text not null default 'proposed'
    check (state in ('proposed', 'pending', 'sent', 'unknown', 'done', 'failed', 'dry_run')),
  -- What was sent in one request: repeated as it was until there is an answer.
  batch_id uuid,
  attempts smallint not null default 0,
  not_before timestamptz,
  reason text,
  settled_at timestamptz,
  primary key (account_key, proposal_id)
);
create index action_ledger_by_proposal on action_ledger (proposal_id, state);

-- While a row is not lifted, nothing is sent.
create table action_freeze (
  freeze_id integer generated always as identity primary key,
  frozen_by text not null,
  frozen_at timestamptz not null,
  reason text not null,
  lifted_by text,
  lifted_at timestamptz,
  lifted_reason text
);
create unique index action_freeze_present on action_freeze ((true)) where lifted_at is null;

-- Campaigns whose evidence is kept for lawyers: while a row is not lifted, nobody in it is acted upon.
create table legal_hold (
  hold_id integer generated always as identity primary key,
  campaign_id integer not null references campaign,
  placed_by text not null,
  placed_at timestamptz not null,
  reason text not null,
  lifted_by text,
  lifted_at timestamptz,
  lifted_reason text
);
create unique index legal_hold_present on legal_hold (campaign_id) where lifted_at is null;

-- The hash knows milliseconds: what it does not see cannot be kept.
alter table audit_entry alter column at type timestamptz(3);
-- Also for sessions that pose as a replica.
alter table audit_entry enable always trigger audit_entry_append_only;

-- Down Migration

alter table audit_entry enable trigger audit_entry_append_only;
alter table audit_entry alter column at type timestamptz;
delete from outbox where kind = 'proposal';
drop table legal_hold, action_freeze, action_ledger, proposal;
