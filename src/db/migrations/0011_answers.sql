-- Up Migration

-- A page of a campaign's accounts is read in the order in which it is shown, and not the whole campaign for it.
create index campaign_account_in_order on campaign_account (campaign_id, standing, strength desc, account_key)
  where left_at is null;

-- Which campaigns somebody joined in a day: the digest counts the members of these alone.
create index campaign_account_by_joining on campaign_account (joined_at);

-- What was done in a day, of each kind that the digest tells.
create index audit_entry_by_action on audit_entry (action, at);

-- What each detection found in the day before the newest look: to count it anew means to read every finding's accounts.
create table hit_figure (
  detection_id text primary key,
  hits integer not null,
  accounts integer not null,
  last_at timestamptz not null
);

-- Down Migration

drop table hit_figure;
drop index audit_entry_by_action;
drop index campaign_account_by_joining;
drop index campaign_account_in_order;
