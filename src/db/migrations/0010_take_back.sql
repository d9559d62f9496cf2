-- Up Migration

-- A post that may stand in Slack twice: the one that does not count is taken back.
alter table outbox drop constraint outbox_kind_check;
alter table outbox add constraint outbox_kind_check
  check (kind in ('campaign_root', 'campaign_reply', 'digest', 'self_alert', 'proposal', 'storm', 'notice', 'take_back'));

-- Down Migration

delete from outbox where kind = 'take_back';
alter table outbox drop constraint outbox_kind_check;
alter table outbox add constraint outbox_kind_check
  check (kind in ('campaign_root', 'campaign_reply', 'digest', 'self_alert', 'proposal', 'storm', 'notice'));
