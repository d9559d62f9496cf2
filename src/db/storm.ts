import sql from 'sql-template-tag';
import { z } from 'zod';
import type { Storm, StormRule } from '../campaigns/storm.ts';
import { listCampaigns } from './campaign.ts';
import { enqueue } from './outbox.ts';
import { type Database, execute, maybeOne, one, Quantity, Timestamp } from './query.ts';

/** "storm" in ASCII. */
const LOCK = 0x73746f726d;
const MOST = 200;

/** The storm that a campaign belongs to: the one it is in, or one that is under way or begins by it. Undefined: none. */
export async function joinStorm(
  tx: Database,
  campaign: number,
  { campaigns, windowMs }: StormRule,
  now: number,
): Promise<number | undefined> {
  // Two workers would begin two.
  await tx.query(sql`select pg_advisory_xact_lock(${LOCK})`);
  const since = new Date(now - windowMs);
  const seen = await one(
    tx,
    z.object({ storm_id: z.number().nullable(), is_new: z.boolean(), fresh: Quantity, present: z.number().nullable() }),
    sql`
      select c.storm_id, c.alerted_at > ${since} as is_new,
        (select count(*) from campaign where alerted_at > ${since} and status <> 'merged') as fresh,
        (select max(storm_id) from storm where last_at > ${since}) as present
      from campaign c where c.campaign_id = ${campaign}`,
  );
  if (seen.storm_id !== null) return seen.storm_id;
  if (!seen.is_new || (seen.present === null && seen.fresh <= campaigns)) return undefined;
  const storm = seen.present ?? (await begin(tx, now));
  await execute(tx, sql`update storm set last_at = ${new Date(now)} where storm_id = ${storm}`);
  await execute(tx, sql`update campaign set storm_id = ${storm} where campaign_id = ${campaign}`);
  return storm;
}

async function begin(tx: Database, now: number): Promise<number> {
  const at = new Date(now);
  const { storm_id } = await one(
    tx,
    z.object({ storm_id: z.number() }),
    sql`insert into storm (begun_at, last_at) values (${at}, ${at}) returning storm_id`,
  );
  return storm_id;
}

const StormRow = z.object({
  storm_id: z.number(),
  begun_at: Timestamp,
  post_channel: z.string().nullable(),
  post_ts: z.string().nullable(),
});

export async function readStorm(db: Database, number: number): Promise<Storm | undefined> {
  const row = await maybeOne(
    db,
    StormRow,
    sql`select storm_id, begun_at, post_channel, post_ts from storm where storm_id = ${number}`,
  );
  if (row === undefined) return undefined;
  const { post_channel: channel, post_ts: ts } = row;
  const { campaigns } = await listCampaigns(db, { storm: number, limit: MOST, offset: 0 });
  return { number, begunAt: row.begun_at, post: channel === null || ts === null ? null : { channel, ts }, campaigns };
}

export async function recordStormPost(tx: Database, number: number, post: Storm['post']): Promise<void> {
  await execute(
    tx,
    sql`update storm set post_channel = ${post?.channel ?? null}, post_ts = ${post?.ts ?? null}
        where storm_id = ${number}`,
  );
}

/** Queues a storm's message; `cause` names what changed, and is told once. */
export function enqueueStorm(tx: Database, storm: number, cause: string, now: number): Promise<boolean> {
  const dedupKey = `storm:${storm}:${cause}`;
  return enqueue(tx, { kind: 'storm', dedupKey, payload: { storm }, notBefore: now }, now);
}

/** The storm that a campaign is in. */
export async function stormOf(db: Database, campaign: number): Promise<number | undefined> {
  const row = await maybeOne(
    db,
    z.object({ storm_id: z.number().nullable() }),
    sql`select storm_id from campaign where campaign_id = ${campaign}`,
  );
  return row?.storm_id ?? undefined;
}
