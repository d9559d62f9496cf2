import sql, { empty } from 'sql-template-tag';
import { z } from 'zod';
import { Action } from '../campaigns/action.ts';
import type { AccountKey } from '../campaigns/hit.ts';
import type { Member as ScoredMember } from '../campaigns/judge-members.ts';
import type { Candidate } from '../campaigns/select-accounts.ts';
import { type Database, execute, Key, many, one, Quantity, Timestamp } from './query.ts';

const Membership = z.object({ campaign_id: z.number().int(), account_key: Key });

/** Members (not those to review) of all campaigns that still watch their accounts, by campaign number. */
export async function readOpenMemberships(db: Database): Promise<Map<number, Set<AccountKey>>> {
  const rows = await many(
    db,
    Membership,
    sql`
      select m.campaign_id, m.account_key
      from campaign_account m join campaign c on c.campaign_id = m.campaign_id
      where c.status <> 'merged' and m.left_at is null and m.standing = 'member'
      order by m.campaign_id, m.account_key`,
  );
  const memberships = new Map<number, Set<AccountKey>>();
  for (const { campaign_id, account_key } of rows) {
    const members = memberships.get(campaign_id);
    if (members === undefined) memberships.set(campaign_id, new Set([account_key]));
    else members.add(account_key);
  }
  return memberships;
}

/**
 * Adds or strengthens members; doubt about one who was sure is left to `shedMembers`. Accounts that a person put into
 * another campaign, split from this one or the one that this was split from, stay there. Returns how many
 * are members that were not.
 */
export async function saveMembers(
  tx: Database,
  campaign: number,
  members: readonly ScoredMember[],
  now: number,
): Promise<number> {
  const rows = await many(
    tx,
    z.object({ is_added: z.boolean() }),
    sql`
      with before as (
        select account_key from campaign_account
        where campaign_id = ${campaign} and standing = 'member' and left_at is null
      )
      insert into campaign_account as m (campaign_id, account_key, strength, standing, detections, joined_at)
      select ${campaign}, r.account, r.strength, r.standing, r.detections, ${new Date(now)}
      from jsonb_to_recordset(${JSON.stringify(members)}::jsonb)
        as r(account bigint, strength real, standing text, detections text[])
      where not exists (
        select from campaign_account o join campaign c on c.campaign_id = o.campaign_id
        where o.account_key = r.account and o.left_at is null and c.status <> 'merged'
          and (c.split_from = ${campaign}
            or c.campaign_id = (select split_from from campaign where campaign_id = ${campaign})))
      order by r.account
      on conflict (campaign_id, account_key) do update set
        strength = excluded.strength, left_at = null, detections = excluded.detections,
        standing = case when m.standing = 'member' then 'member' else excluded.standing end
      where (m.strength, m.standing, m.detections, m.left_at)
        is distinct from (excluded.strength, excluded.standing, excluded.detections, null::timestamptz)
      returning m.standing = 'member' and not exists (
        select from before b where b.account_key = m.account_key
      ) as is_added`,
  );
  return rows.filter((row) => row.is_added).length;
}

/**
 * Leaves members to review that were active since a time and are not among `sure` any more; those that were stopped since
 * are no less a part of what they did, whoever goes on in their place. Returns how many.
 */
export async function shedMembers(
  tx: Database,
  campaign: number,
  sure: readonly AccountKey[],
  activeSince: number,
): Promise<number> {
  // Asked first: Citus changes no local table by what a distributed one says.
  const leaving = await many(
    tx,
    z.object({ account_key: Key }),
    sql`
      select m.account_key from campaign_account m join account a on a.account_key = m.account_key
      where m.campaign_id = ${campaign} and m.standing = 'member' and m.account_key <> all(${sure}::bigint[])
        and a.status not in ('banned', 'suspended')
        and m.account_key in (
          select account_key from account_day where day >= ${new Date(activeSince).toISOString().slice(0, 10)}::date
        )`,
  );
  if (leaving.length === 0) return 0;
  return execute(
    tx,
    sql`
      update campaign_account set standing = 'review'
      where campaign_id = ${campaign} and account_key = any(${leaving.map((row) => row.account_key)}::bigint[])`,
  );
}

/** Takes accounts out of a campaign; `saveMembers` takes them in again where they are found again. Returns how many. */
export function removeMembers(
  tx: Database,
  campaign: number,
  accounts: readonly AccountKey[],
  now: number,
): Promise<number> {
  return execute(
    tx,
    sql`
      update campaign_account set left_at = ${new Date(now)}
      where campaign_id = ${campaign} and left_at is null and account_key = any(${[...accounts]}::bigint[])`,
  );
}

/**
 * Puts accounts of one campaign, all unless some are named, into another, which keeps its own where both have them. Who had
 * left it, as those that were split off, comes back.
 */
export async function moveMembers(
  tx: Database,
  from: number,
  to: number,
  accounts?: readonly AccountKey[],
): Promise<void> {
  const some = accounts === undefined ? empty : sql`and account_key = any(${[...accounts]}::bigint[])`;
  await execute(
    tx,
    sql`
      insert into campaign_account as m (campaign_id, account_key, strength, standing, detections, joined_at, left_at)
      select ${to}::int, account_key, strength, standing, detections, joined_at, left_at
      from campaign_account where campaign_id = ${from} ${some}
      on conflict (campaign_id, account_key) do update set
        strength = excluded.strength, standing = excluded.standing, detections = excluded.detections, left_at = null
      where m.left_at is not null and excluded.left_at is null`,
  );
}

/** Keys of the present accounts of a campaign that have one of these ids, or belong to one of these organisations. */
export async function findMembers(db: Database, campaign: number, ids: readonly string[]): Promise<AccountKey[]> {
  const rows = await many(
    db,
    z.object({ account_key: Key }),
    sql`
      select m.account_key from campaign_account m join account a on a.account_key = m.account_key
      where m.campaign_id = ${campaign} and m.left_at is null
        and (a.account_id = any(${[...ids]}) or a.organization_id = any(${[...ids]}))
      order by m.account_key`,
  );
  return rows.map((row) => row.account_key);
}

/** Ids of a campaign's accounts as the gateway writes them, in order. */
export async function readAccountIds(db: Database, campaign: number): Promise<string[]> {
  const rows = await many(
    db,
    z.object({ account_id: z.string() }),
    sql`
      select a.account_id from campaign_account m join account a on a.account_key = m.account_key
      where m.campaign_id = ${campaign} and m.left_at is null and m.standing = 'member'
      order by a.account_id`,
  );
  return rows.map((row) => row.account_id);
}

const Member = z
  .object({
    account_id: z.string(),
    standing: z.enum(['member', 'review']),
    strength: z.number(),
    detections: z.array(z.string()),
    joined_at: Timestamp,
    account_status: z.string().nullable(),
    organization_id: z.string().nullable(),
  })
  .transform((row) => ({
    accountId: row.account_id,
    standing: row.standing,
    strength: row.strength,
    detections: row.detections,
    joinedAt: row.joined_at,
    accountStatus: row.account_status,
    organizationId: row.organization_id,
  }));
/** An account of a campaign as it stands; `joinedAt` is epoch milliseconds. */
export type Member = z.output<typeof Member>;

/** A page of a campaign's present accounts, strongest first, with how many there are in all, and of those how many a person is to look at. */
export async function listMembers(
  db: Database,
  number: number,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ members: Member[]; total: number; review: number }> {
  const members = await many(
    db,
    Member,
    sql`
      select coalesce(a.account_id, m.account_key::text) as account_id, m.standing, m.strength, m.detections,
        m.joined_at, a.status as account_status, a.organization_id
      -- The page first: who they are is asked of these alone.
      from (
        select * from campaign_account where campaign_id = ${number} and left_at is null
        order by standing, strength desc, account_key limit ${limit} offset ${offset}
      ) m left join account a on a.account_key = m.account_key
      order by m.standing, m.strength desc, m.account_key`,
  );
  const counts = await one(
    db,
    z.object({ total: Quantity, review: Quantity }),
    sql`
      select count(*) as total, count(*) filter (where standing = 'review') as review
      from campaign_account where campaign_id = ${number} and left_at is null`,
  );
  return { members, ...counts };
}

/** Keys of a campaign's present accounts that are sure to belong to it. */
export async function readMembers(db: Database, campaign: number): Promise<AccountKey[]> {
  const rows = await many(
    db,
    z.object({ account_key: Key }),
    sql`
      select account_key from campaign_account
      where campaign_id = ${campaign} and left_at is null and standing = 'member'
      order by account_key`,
  );
  return rows.map((row) => row.account_key);
}

const CandidateRow = z
  .object({
    account_key: Key,
    account_id: z.string(),
    standing: z.enum(['member', 'review']),
    status: z.string(),
    created_at: Timestamp.nullable(),
    payment_kind: z.string().nullable(),
    organization_id: z.string().nullable(),
    program: z.string().nullable(),
    last_done: Action.nullable(),
    under_way: z.boolean(),
  })
  .transform(
    (row): Omit<Candidate, 'excepted'> => ({
      account: row.account_key,
      accountId: row.account_id,
      standing: row.standing,
      status: row.status,
      createdAt: row.created_at,
      paymentKind: row.payment_kind,
      organizationId: row.organization_id,
      program: row.program,
      lastDone: row.last_done,
      underWay: row.under_way,
    }),
  );

/**
 * A campaign's present accounts with what an action must know of them, the ledger's last word included. One whose last
 * outcome is unknown is under way while it may be asked for again, since `unknownSince`.
 */
export async function readCandidates(
  db: Database,
  campaign: number,
  { excepted, unknownSince }: { excepted: ReadonlySet<AccountKey>; unknownSince: number },
): Promise<Candidate[]> {
  const rows = await many(
    db,
    CandidateRow,
    sql`
      with present as (
        select account_key, standing from campaign_account where campaign_id = ${campaign} and left_at is null
      ), acted as (
        select l.account_key,
          (array_agg(p.action order by l.settled_at desc, l.proposal_id desc) filter (where l.state = 'done'))[1] as last_done,
          bool_or(l.state in ('pending', 'sent', 'unknown') and l.settled_at is null) as open,
          (array_agg(l.state order by l.settled_at desc, l.proposal_id desc)
            filter (where l.state = 'done' or l.state = 'unknown' and l.settled_at >= ${new Date(unknownSince)}))[1] as last_state
        from action_ledger l join proposal p using (proposal_id)
        where l.account_key in (select account_key from present)
        group by l.account_key
      )
      select m.account_key, a.account_id, m.standing, a.status, a.created_at, a.payment_kind, a.organization_id,
        a.program, t.last_done, coalesce(t.open or t.last_state = 'unknown', false) as under_way
      from present m join account a on a.account_key = m.account_key
      left join acted t on t.account_key = m.account_key
      -- Nearly the order that lists have: what is sorted is sorted again in no time.
      order by a.account_id collate "C"`,
  );
  return rows.map((row) => ({ ...row, excepted: excepted.has(row.account) }));
}
