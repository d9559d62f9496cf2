import sql, { type Sql } from 'sql-template-tag';
import { z } from 'zod';
import { formatCampaignId } from '../campaigns/campaign-id.ts';
import { Status } from '../campaigns/campaign.ts';
import type { SharedMark } from '../campaigns/failover.ts';
import type { AccountKey } from '../campaigns/hit.ts';
import { CONTENT_KINDS, TRAIT_KINDS } from '../campaigns/trait.ts';
import { DAY_MS } from '../time-units.ts';
import { type Database, many, one, Quantity } from './query.ts';

/** Of a group's marks, those that most of its accounts bear: enough to tell kinship by. */
const MOST_MARKS = 100;
const MARK_DAYS = 3;

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

const SharedMarkRow = z
  .object({
    campaign_id: z.number().int(),
    status: Status,
    members: Quantity,
    stopped: Quantity,
    in_group: Quantity,
    in_campaign: Quantity,
    outside: Quantity,
  })
  .transform(
    (row): SharedMark => ({
      campaign: formatCampaignId(row.campaign_id),
      status: row.status,
      members: row.members,
      stopped: row.stopped,
      inGroup: row.in_group,
      inCampaign: row.in_campaign,
      outside: row.outside,
    }),
  );

/** What holds for accounts as a whole, a row each. */
const traitsOf = (which: Sql): Sql => sql`select account_key, unnest(traits) as trait from account where ${which}`;

/** Templates and instruments of these accounts that accounts of known campaigns bear too, a row a mark and campaign. */
export function readSharedMarks(db: Database, accounts: readonly AccountKey[], end: number): Promise<SharedMark[]> {
  const kinds = CONTENT_KINDS.map((kind) => TRAIT_KINDS[kind]);
  const from = day(end - (MARK_DAYS - 1) * DAY_MS);
  return many(
    db,
    SharedMarkRow,
    sql`
      with known as (
        select c.campaign_id, c.status, m.account_key, a.status in ('banned', 'suspended') as stopped
        from campaign c join campaign_account m on m.campaign_id = c.campaign_id
        join account a on a.account_key = m.account_key
        where c.status not in ('merged', 'dismissed') and m.standing = 'member' and m.left_at is null
      ),
      borne as (
        (select account_key, trait from sighting
        where account_key = any(${accounts}::bigint[]) and (trait >> 60) & 15 = any(${kinds}::bigint[])
          and day between ${from}::date and ${day(end)}::date
        group by account_key, trait)
        union all
        select account_key, trait from (${traitsOf(sql`account_key = any(${accounts}::bigint[])`)}) a
        where (trait >> 60) & 15 = ${TRAIT_KINDS.payment}
      ),
      mark as (
        select trait, count(*) as in_group from borne group by trait order by count(*) desc, trait limit ${MOST_MARKS}
      ),
      -- By arrays, which the index by account serves.
      sharer as (
        select account_key, trait from sighting
        where account_key = any(array(select account_key from known)) and trait in (select trait from mark)
        union
        select account_key, trait from (${traitsOf(sql`account_key = any(array(select account_key from known))`)}) a
        where trait in (select trait from mark)
      ),
      kin as (
        select k.campaign_id, b.trait, count(*) as in_campaign
        from known k join sharer b on b.account_key = k.account_key
        where not k.account_key = any(${accounts}::bigint[])
        group by k.campaign_id, b.trait
      ),
      -- Once for all marks: sightings have no index by trait.
      bearer as materialized (
        select distinct t.trait, t.account_key from sighting t
        where t.trait in (select trait from kin) and t.day between ${from}::date and ${day(end)}::date
          and not t.account_key = any(${accounts}::bigint[])
      ),
      -- Joined, not asked for mark by mark: that would read all bearers for each.
      outside as (
        select kin.campaign_id, kin.trait, count(*) as accounts
        from kin join bearer b on b.trait = kin.trait
        left join known k on k.campaign_id = kin.campaign_id and k.account_key = b.account_key
        where k.account_key is null
        group by kin.campaign_id, kin.trait
      ),
      size as (
        select campaign_id, status, count(*) as members, count(*) filter (where stopped) as stopped
        from known group by campaign_id, status
      )
      select s.campaign_id, s.status, s.members, s.stopped, mark.in_group, kin.in_campaign,
        coalesce(o.accounts, 0) as outside
      from kin join mark on mark.trait = kin.trait join size s on s.campaign_id = kin.campaign_id
      left join outside o on o.campaign_id = kin.campaign_id and o.trait = kin.trait
      order by s.campaign_id, kin.trait`,
  );
}

/** How many sure accounts a campaign has, and how many of them are banned or suspended. */
export function countStopped(db: Database, campaign: number): Promise<{ members: number; stopped: number }> {
  return one(
    db,
    z.object({ members: Quantity, stopped: Quantity }),
    sql`
      select count(*) as members, count(*) filter (where a.status in ('banned', 'suspended')) as stopped
      from campaign_account m join account a on a.account_key = m.account_key
      where m.campaign_id = ${campaign} and m.left_at is null and m.standing = 'member'`,
  );
}

/** How many of these accounts were stopped, and are sure to belong to a campaign already. */
export async function countStoppedKnown(db: Database, accounts: readonly AccountKey[]): Promise<number> {
  const { known } = await one(
    db,
    z.object({ known: Quantity }),
    sql`
      select count(distinct m.account_key) as known
      from campaign_account m
      join campaign c on c.campaign_id = m.campaign_id
      join account a on a.account_key = m.account_key
      where m.account_key = any(${[...accounts]}::bigint[]) and m.left_at is null and m.standing = 'member'
        and c.status <> 'merged' and a.status in ('banned', 'suspended')`,
  );
  return known;
}
