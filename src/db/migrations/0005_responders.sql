-- Up Migration

-- Who is to deal with a campaign, until when it is silent, and whom the on-call job has called: as the domain writes them.
alter table campaign
  add column assigned jsonb,
  add column snooze jsonb,
  add column call jsonb,
  -- How large it was when it was confirmed or dismissed.
  add column decided_accounts integer,
  -- A person took its accounts out of this one: they do not go back by themselves.
  add column split_from integer references campaign,
  -- A person merged another into it: several groups of accounts may continue it.
  add column joined boolean not null default false;

-- Many new campaigns at once: told in one message until somebody opens or answers one of them.
create table storm (
  storm_id integer generated always as identity primary key,
  begun_at timestamptz not null,
  last_at timestamptz not null,
  post_channel text,
  post_ts text
);
alter table campaign add column storm_id integer references storm;

-- Who has opened the Home tab, and a hash of what it shows them: it is published anew when that changes.
create table home_viewer (
  user_id text primary key,
  opened_at timestamptz not null,
  shown text
);

alter table outbox drop constraint outbox_kind_check;
alter table outbox add constraint outbox_kind_check
  check (kind in ('campaign_root', 'campaign_reply', 'digest', 'self_alert', 'proposal', 'storm', 'notice'));

-- What was done to one campaign is read with it.
create index audit_entry_by_subject on audit_entry (subject, seq);

-- Down Migration

drop index audit_entry_by_subject;
delete from outbox where kind in ('storm', 'notice');
alter table outbox drop constraint outbox_kind_check;
alter table outbox add constraint outbox_kind_check
  check (kind in ('campaign_root', 'campaign_reply', 'digest', 'self_alert', 'proposal'));
alter table campaign drop column assigned, drop column snooze, drop column call, drop column decided_accounts,
  drop column split_from, drop column joined, drop column storm_id;
drop table storm, home_viewer;
