import type pg from 'pg';
import { appendAudit } from '../db/audit-entry.ts';
import { type Delivery, markGrouped, markRetry } from '../db/outbox.ts';
import { markFound, type Origin, readOrigin, readTakeBack, strays, type TakeBack } from '../db/outbox-take-back.ts';
import { transaction } from '../db/query.ts';
import type { Log } from '../log.ts';
import type { CallOutcome } from '../slack/call-outcome.ts';
import type { Notifier, Post } from '../slack/notifier.ts';
import { backoffMs } from './backoff.ts';
import { mendingAdvice, refusalVerdict } from './refusal.ts';
import { type Settled, writeDead } from './settle-delivery.ts';

export interface TakeBackOptions {
  pool: pg.Pool;
  notifier: Notifier;
  clock: { now(): number };
  random: () => number;
  log: Log;
}

const ACTOR = 'retort';
/** Until whoever has the row now has settled it. */
const UNSETTLED_WAIT_MS = 30_000;
/** Most of a day. */
const MOST_ATTEMPTS = 200;
/** Slack will not delete it, whoever mends what. */
const STAYS = [
  'cant_delete_message',
  'compliance_exports_prevent_deletion',
  'channel_not_found',
  'is_archived',
  'not_in_channel',
];

/**
 * Deletes what stands in Slack of a row besides the post that counts. Which one counts is what the row says and nothing
 * else: it was written once, by whoever held the lease, and never changes. Until it is written nothing is deleted. All
 * may be repeated, and two may do it at once.
 */
export async function takeBack(row: Delivery, options: TakeBackOptions): Promise<Settled> {
  const { pool, notifier, clock, random, log } = options;
  const where = { delivery: row.dedupKey, attempt: row.attempt };
  const asked = readTakeBack(row);
  if (asked === undefined) return giveUp(row, 'its payload names nothing to take back', options);
  const origin = await readOrigin(pool, asked);
  const later = async (afterMs: number, error: string): Promise<Settled> => {
    const notBefore = clock.now() + Math.max(afterMs, 1);
    return (await markRetry(pool, row, { notBefore, error })) ? 'retry' : 'lost';
  };
  const wait = backoffMs(row.attempt, random());
  // Of a row that was given up or forgotten nothing says which post counts.
  if (origin === undefined || origin.state === 'dead') return done(pool, row, clock.now());
  if (origin.state !== 'sent') return later(Math.max(wait, UNSETTLED_WAIT_MS), 'not_settled');

  /** What is left to do after a call that did not succeed. */
  const failed = (outcome: Exclude<CallOutcome<unknown>, { kind: 'done' }>): Promise<Settled> => {
    if (outcome.kind === 'retry') return later(outcome.afterMs, outcome.error);
    // Both may be repeated as they are; one post too many is not worth a word without end.
    if (outcome.kind === 'unknown')
      return row.attempt < MOST_ATTEMPTS ? later(wait, outcome.error) : giveUp(row, outcome.error, options);
    if (STAYS.includes(outcome.error)) return giveUp(row, outcome.error, options);
    log.error({ ...where, error: outcome.error, mend: mendingAdvice(outcome.error) }, 'Slack refuses a deletion');
    return later(wait, outcome.error);
  };

  const found = await postsOf(asked, origin, notifier);
  if (found.kind !== 'done') return failed(found);
  const second = await strays(pool, found.value);
  if (second.length === 0) return done(pool, row, clock.now());
  if (asked.found === undefined && !(await transaction(pool, (tx) => writeFound(tx, row, origin, second, clock.now()))))
    return 'lost';
  for (const post of second) {
    const outcome = await notifier.remove(post);
    if (outcome.kind !== 'done') return failed(outcome);
    log.warn({ ...where, ...post }, 'a post was taken back: another worker had posted it meanwhile');
  }
  return done(pool, row, clock.now());
}

async function postsOf(asked: TakeBack, origin: Origin, notifier: Notifier): Promise<CallOutcome<Post[]>> {
  const known = asked.found ?? (asked.post === undefined ? undefined : [asked.post]);
  if (known !== undefined) return { kind: 'done', value: known };
  const { channel, threadTs } = asked;
  const search = { channel, threadTs, deliveryId: origin.delivery_id, since: origin.created_at };
  const found = await notifier.findDeliveries(search);
  // The thread went with its root, and what stood in it, too.
  const isGone = found.kind === 'refused' && refusalVerdict(found.error) === 'root_gone';
  return isGone ? { kind: 'done', value: [] } : found;
}

/** Before it is done: a worker that dies in between leaves a word of it. */
async function writeFound(
  tx: pg.PoolClient,
  row: Delivery,
  { dedup_key: delivery, channel, ts }: Origin,
  second: readonly Post[],
  at: number,
): Promise<boolean> {
  if (!(await markFound(tx, row, second))) return false;
  const subject = row.campaign === null ? delivery : `C-${row.campaign}`;
  const entry = { at, actor: ACTOR, action: 'delivery.take_back', subject, reason: 'posted_twice' };
  for (const post of second)
    await appendAudit(tx, { ...entry, detail: { ...post, delivery, counts: { channel, ts } } });
  return true;
}

async function done(pool: pg.Pool, row: Delivery, now: number): Promise<Settled> {
  return (await markGrouped(pool, row, now)) ? 'sent' : 'lost';
}

function giveUp(row: Delivery, error: string, { pool, clock, log }: TakeBackOptions): Promise<Settled> {
  log.error({ delivery: row.dedupKey, attempt: row.attempt, error }, 'a second post stays in Slack');
  return transaction(pool, async (tx) => ((await writeDead(tx, row, error, clock.now())) ? 'dead' : 'lost'));
}
