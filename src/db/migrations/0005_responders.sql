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

-- What was done to one campaign is read with it.
create index audit_entry_by_subject on audit_entry (subject, seq);

-- Down Migration

drop index audit_entry_by_subject;
alter table campaign drop column assigned, drop column snooze, drop column call, drop column decided_accounts,
  drop column split_from, drop column joined;
