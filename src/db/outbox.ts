import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import sql, { type Sql } from 'sql-template-tag';
import { z } from 'zod';
import { type Database, execute, many, maybeOne, one, Quantity, Timestamp, transaction } from './query.ts';

const OUTBOX_KINDS = [
  'campaign_root',
  'campaign_reply',
  'digest',
  'proposal',
  'storm',
  'notice',
  'self_alert',
  'take_back',
] as const;
type OutboxKind = (typeof OUTBOX_KINDS)[number];

/** Something that Slack is to be told. Times are epoch milliseconds. */
export interface OutboxDraft {
  kind: OutboxKind;
  /** The campaign's number, for roots and replies. */
  campaign?: number | undefined;
  dedupKey: string;
  payload: Record<string, unknown>;
  notBefore: number;
}

const Delivery = z
  .object({
    outbox_id: z.string(),
    kind: z.enum(OUTBOX_KINDS),
    campaign_id: z.number().nullable(),
    dedup_key: z.string(),
    payload: z.record(z.string(), z.unknown()),
    delivery_id: z.string(),
    attempts: z.number(),
    lease_token: z.string(),
    lease_until: Timestamp,
    channel: z.string().nullable(),
    created_at: Timestamp,
    doubtful: z.boolean(),
  })
  .transform((row) => ({
    id: row.outbox_id,
    kind: row.kind,
    campaign: row.campaign_id,
    dedupKey: row.dedup_key,
    payload: row.payload,
    deliveryId: row.delivery_id,
    /** This attempt's number, from 1. */
    attempt: row.attempts,
    token: row.lease_token,
    leaseUntil: row.lease_until,
    /** Where an earlier attempt went. */
    channel: row.channel,
    createdAt: row.created_at,
    /** An earlier attempt may have reached Slack: look there before posting again. */
    doubtful: row.doubtful,
  }));
/** A row that this worker holds until its lease ends. */
export type Delivery = z.output<typeof Delivery>;

type Held = Pick<Delivery, 'id' | 'token'>;

/** Asks for a delivery; false where the same thing was asked for before, which then stands as it was. */
export async function enqueue(tx: Database, draft: OutboxDraft, now: number): Promise<boolean> {
  const written = await execute(
    tx,
    sql`
      insert into outbox (kind, campaign_id, dedup_key, payload, delivery_id, not_before, created_at)
      values (${draft.kind}, ${draft.campaign ?? null}, ${draft.dedupKey}, ${JSON.stringify(draft.payload)},
        ${randomUUID()}, ${new Date(draft.notBefore)}, ${new Date(now)})
      on conflict (dedup_key) do nothing`,
  );
  return written === 1;
}

/** "claim" in ASCII. */
const CLAIM_LOCK = 0x636c61696d;

/**
 * Takes the oldest row that is due, unless another worker has it. A row whose lease ran out comes back as doubtful; a
 * reply waits until its campaign has a root message, and one root of a campaign for another, as one message of a
 * proposal does: two at once would both find no message yet, and post two.
 */
export function claimDelivery(
  pool: pg.Pool,
  { now, leaseMs }: { now: number; leaseMs: number },
): Promise<Delivery | undefined> {
  return transaction(pool, async (tx) => {
    // In a statement of its own: the next one must see what the last claimer wrote.
    await tx.query(sql`select pg_advisory_xact_lock(${CLAIM_LOCK})`);
    return maybeOne(
      tx,
      Delivery,
      sql`
        update outbox set
          state = 'sending',
          attempts = outbox.attempts + 1,
          lease_token = ${randomUUID()},
          lease_until = ${new Date(now + leaseMs)}
        from (
          select o.outbox_id, o.state <> 'pending' as doubtful from outbox o
          left join campaign c on c.campaign_id = o.campaign_id
          where (o.state in ('pending', 'unknown') and o.not_before <= ${new Date(now)}
              or o.state = 'sending' and o.lease_until <= ${new Date(now)})
            and (o.kind not in ('campaign_reply', 'proposal') or c.post_ts is not null
              or o.kind = 'proposal' and c.alerted_at is null)
            -- All of it within: so it is one join, and no look at the whole table for each row that waits.
            and not exists (
              select from outbox other
              where o.kind in ('campaign_root', 'proposal') and o.state = 'pending'
                and other.campaign_id = o.campaign_id and other.kind = o.kind
                and other.payload -> 'proposal' is not distinct from o.payload -> 'proposal'
                and other.state in ('sending', 'unknown'))
            and not (o.kind = 'storm' and o.state = 'pending' and exists (
              select from outbox other where other.kind = 'storm' and other.state in ('sending', 'unknown')))
          order by o.not_before, o.outbox_id
          limit 1
        ) due
        where outbox.outbox_id = due.outbox_id
        returning outbox.outbox_id, kind, campaign_id, dedup_key, payload, delivery_id, attempts, lease_token,
          lease_until, channel, created_at, due.doubtful`,
    );
  });
}

/** Pending root rows of a campaign: whoever reads the campaign after this covers them all with one message. */
export async function pendingRoots(db: Database, campaign: number): Promise<string[]> {
  const rows = await many(
    db,
    z.object({ outbox_id: z.string() }),
    sql`select outbox_id from outbox where kind = 'campaign_root' and campaign_id = ${campaign} and state = 'pending'`,
  );
  return rows.map((row) => row.outbox_id);
}

/** As `pendingRoots`, of a storm. */
export async function pendingStorms(db: Database, storm: number): Promise<string[]> {
  return pendingOf(db, sql`kind = 'storm' and (payload ->> 'storm')::int = ${storm}`);
}

/** As `pendingRoots`, of a proposal's message. */
export async function pendingCards(db: Database, proposal: number): Promise<string[]> {
  return pendingOf(db, sql`kind = 'proposal' and payload ->> 'proposal' = ${String(proposal)}`);
}

async function pendingOf(db: Database, which: Sql): Promise<string[]> {
  const rows = await many(
    db,
    z.object({ outbox_id: z.string() }),
    sql`select outbox_id from outbox where state = 'pending' and ${which}`,
  );
  return rows.map((row) => row.outbox_id);
}

/** Notes where the request is about to go, so that a later worker knows where to look for the post. */
export async function markAttempt(db: Database, held: Held, channel: string): Promise<boolean> {
  return (await execute(db, sql`update outbox set channel = ${channel} ${whereHeld(held)}`)) === 1;
}

/** False when the lease was lost to another worker, here and in the functions below. */
export async function markSent(
  db: Database,
  held: Held,
  post: { channel: string; ts: string },
  now: number,
): Promise<boolean> {
  const touched = await execute(
    db,
    sql`update outbox set state = 'sent', channel = ${post.channel}, ts = ${post.ts}, sent_at = ${new Date(now)},
          lease_token = null, lease_until = null, last_error = null ${whereHeld(held)}`,
  );
  return touched === 1;
}

/** Done without a post of its own: another message tells it. */
export async function markGrouped(db: Database, held: Held, now: number): Promise<boolean> {
  const touched = await execute(
    db,
    sql`update outbox set state = 'sent', sent_at = ${new Date(now)}, lease_token = null, lease_until = null
        ${whereHeld(held)}`,
  );
  return touched === 1;
}

/** Closes pending rows whose content another message already shows. */
export async function markCovered(
  db: Database,
  ids: readonly string[],
  post: { channel: string; ts: string },
  now: number,
): Promise<void> {
  if (ids.length === 0) return;
  await execute(
    db,
    sql`update outbox set state = 'sent', channel = ${post.channel}, ts = ${post.ts}, sent_at = ${new Date(now)}
        where outbox_id = any(${[...ids]}::bigint[]) and state = 'pending'`,
  );
}

/** Back to the queue after an attempt that certainly changed nothing in Slack. */
export async function markRetry(
  db: Database,
  held: Held,
  { notBefore, error }: { notBefore: number; error: string },
): Promise<boolean> {
  return release(db, held, 'pending', notBefore, error);
}

/** Back to the queue after an attempt that may have reached Slack. */
export async function markUnknown(
  db: Database,
  held: Held,
  { notBefore, error }: { notBefore: number; error: string },
): Promise<boolean> {
  return release(db, held, 'unknown', notBefore, error);
}

/** Given up: nothing that Retort or time can do would make Slack take it. */
export async function markDead(db: Database, held: Held, error: string): Promise<boolean> {
  const touched = await execute(
    db,
    sql`update outbox set state = 'dead', last_error = ${error.slice(0, 500)}, lease_token = null, lease_until = null
        ${whereHeld(held)}`,
  );
  return touched === 1;
}

const State = z.enum(['pending', 'sending', 'unknown', 'sent', 'dead']);

/** How many rows are in each state, and since when the oldest undelivered one waits; for status and metrics. */
export async function outboxFigures(
  db: Database,
): Promise<{ counts: Record<z.output<typeof State>, number>; oldestWaitingAt: number | null }> {
  const rows = await many(
    db,
    z.object({ state: State, rows: Quantity, oldest: Timestamp.nullable() }),
    // What waits for the end of the quiet hours, or for a root that a storm tells of, is not late; a second look is no post.
    sql`
      select o.state, count(*) as rows, min(o.created_at) filter (where ${IS_DUE}) as oldest
      from outbox o left join campaign c on c.campaign_id = o.campaign_id
      where o.kind <> 'take_back' or o.attempts > 0
      group by o.state`,
  );
  const counts = { pending: 0, sending: 0, unknown: 0, sent: 0, dead: 0 };
  for (const row of rows) counts[row.state] = row.rows;
  const waiting = rows.flatMap(({ state, oldest }) =>
    state === 'sent' || state === 'dead' || oldest === null ? [] : [oldest],
  );
  return { counts, oldestWaitingAt: waiting.length === 0 ? null : Math.min(...waiting) };
}

/** Why a row waits that is held back on purpose. */
export const HELD_BACK = 'quiet_hours';
const IS_DUE = sql`o.last_error is distinct from ${HELD_BACK}
  and not (o.kind = 'campaign_reply' and c.post_ts is null and c.storm_id is not null)`;
/** Since when the oldest post is late: one that was tried, or whose time has come, and not held back on purpose. */
export async function oldestLatePost(db: Database, now: number): Promise<number | null> {
  const { since } = await one(
    db,
    z.object({ since: Timestamp.nullable() }),
    sql`
      select min(case when attempts = 0 then not_before else created_at end) as since from outbox
      where state in ('pending', 'sending', 'unknown') and (attempts > 0 or not_before <= ${new Date(now)})
        and last_error is distinct from ${HELD_BACK}`,
  );
  return since;
}

/** Forgets at most so many rows that were sent before a time. Returns how many. */
export function forgetSent(db: Database, before: number, limit: number): Promise<number> {
  return execute(
    db,
    sql`
      delete from outbox where outbox_id in (
        select outbox_id from outbox where state = 'sent' and sent_at < ${new Date(before)} order by outbox_id limit ${limit})`,
  );
}

/** Only the worker that still holds the lease may write. */
export function whereHeld(held: Held) {
  return sql`where outbox_id = ${held.id} and state = 'sending' and lease_token = ${held.token}`;
}

async function release(
  db: Database,
  held: Held,
  state: 'pending' | 'unknown',
  notBefore: number,
  error: string,
): Promise<boolean> {
  const touched = await execute(
    db,
    sql`update outbox set state = ${state}, not_before = ${new Date(notBefore)}, last_error = ${error.slice(0, 500)},
          lease_token = null, lease_until = null ${whereHeld(held)}`,
  );
  return touched === 1;
}
