-- Up Migration

-- A campaign that a person took to somebody outside of its channel.
create table escalation (
  escalation_id integer generated always as identity primary key,
  campaign_id integer not null references campaign,
  target text not null check (target in ('pagerduty', 'webhook', 'legal')),
  escalated_by text not null,
  escalated_at timestamptz not null,
  reason text not null,
  -- What the person saw of the campaign.
  seen jsonb not null,
  -- A channel of Slack, where that is who was told.
  channel text check ((target = 'legal') = (channel is not null)),
  acknowledged_at timestamptz,
  ended_at timestamptz,
  -- It was given up: the other side never heard of it.
  failed_at timestamptz
);
-- Whatever the program does, nobody is woken twice about the same.
create unique index escalation_present on escalation (campaign_id, target)
  where ended_at is null and failed_at is null;

-- What the other side of an escalation is to be told, in order.
create table escalation_event (
  event_id integer generated always as identity primary key,
  escalation_id integer not null references escalation,
  kind text not null check (kind in ('trigger', 'acknowledge', 'resolve')),
  -- The same over all attempts, and so is what is sent.
  message_id uuid not null default gen_random_uuid(),
  facts jsonb not null,
  state text not null default 'pending' check (state in ('pending', 'sending', 'sent', 'dead')),
  attempts smallint not null default 0,
  not_before timestamptz not null,
  lease_token uuid,
  lease_until timestamptz,
  last_error text,
  created_at timestamptz not null,
  settled_at timestamptz,
  unique (escalation_id, kind)
);
create index escalation_event_due on escalation_event (not_before) where state in ('pending', 'sending');

-- Down Migration

drop table escalation_event, escalation;
