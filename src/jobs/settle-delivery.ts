import type pg from 'pg';
import { appendAudit } from '../db/audit-entry.ts';
import { recordPost } from '../db/campaign.ts';
import { recordProposalPost } from '../db/proposal.ts';
import { type Delivery, enqueue, markCovered, markDead, markRetry, markSent, markUnknown } from '../db/outbox.ts';
import { enqueueTakeBack } from '../db/outbox-take-back.ts';
import { transaction } from '../db/query.ts';
import { enqueueStorm, recordStormPost, stormOf } from '../db/storm.ts';
import type { Log } from '../log.ts';
import { MINUTE_MS } from '../time-units.ts';
import { backoffMs } from './backoff.ts';
import type { Prepared } from './prepare-delivery.ts';
import { mendingAdvice } from './refusal.ts';
import { isUpdate, type Sent, threadOf } from './send-delivery.ts';

/** What a row came to; `lost`: another worker has it. */
export type Settled = 'sent' | 'retry' | 'unknown' | 'dead' | 'lost';

export interface SettleOptions {
  pool: pg.Pool;
  now: number;
  /** 0 to 1, spreads the waits. */
  random: number;
  log: Log;
}

const ACTOR = 'retort';
/** Time for a request that still hangs somewhere to land before Slack is asked for it. */
const UNKNOWN_WAIT_MS = 15_000;
/** Less than what makes a post late. */
const SECOND_LOOK_MS = 10 * MINUTE_MS;

/** Writes what the attempt came to, all of it or nothing. */
export async function settleDelivery(
  row: Delivery,
  prepared: Prepared,
  sent: Sent,
  options: SettleOptions,
): Promise<Settled> {
  const { pool, now, random, log } = options;
  const where = { delivery: row.dedupKey, attempt: row.attempt };
  const wait = backoffMs(row.attempt, random);
  switch (sent.kind) {
    case 'sent':
      return keep(await transaction(pool, (tx) => writeSent(tx, row, prepared, sent, now)), 'sent');
    case 'retry':
      log.debug({ ...where, error: sent.error }, 'Slack asked to wait');
      return keep(
        await markRetry(pool, row, { notBefore: now + Math.max(sent.afterMs, 1), error: sent.error }),
        'retry',
      );
    case 'refused':
      log.error({ ...where, error: sent.error, mend: mendingAdvice(sent.error) }, 'Slack refuses a post');
      return keep(await markRetry(pool, row, { notBefore: now + wait, error: sent.error }), 'retry');
    case 'unknown': {
      log.warn({ ...where, error: sent.error }, 'it is unknown whether Slack has a post');
      const notBefore = now + Math.max(wait, UNKNOWN_WAIT_MS);
      // An update may be repeated as it is; a post must be looked for first.
      const mark = isUpdate(prepared) ? markRetry : markUnknown;
      return keep(await mark(pool, row, { notBefore, error: sent.error }), 'unknown');
    }
    case 'root_gone':
      log.warn({ ...where, error: sent.error }, 'a root message is gone and is posted anew');
      return keep(await transaction(pool, (tx) => writeRootGone(tx, row, prepared, sent.error, now)), 'retry');
    case 'impossible':
      log.error({ ...where, error: sent.error }, 'a post was given up');
      return keep(await transaction(pool, (tx) => writeDead(tx, row, sent.error, now)), 'dead');
    case 'lost':
      log.warn(where, 'another worker has this post');
      return 'lost';
  }
  return sent satisfies never;
}

async function writeSent(
  tx: pg.PoolClient,
  row: Delivery,
  prepared: Prepared,
  { post, adopted }: Extract<Sent, { kind: 'sent' }>,
  now: number,
): Promise<boolean> {
  if (!(await markSent(tx, row, post, now))) return false;
  if (row.doubtful) await lookAgain(tx, row, prepared, now);
  if (prepared.type === 'post_root' && row.campaign !== null) {
    await recordPost(tx, row.campaign, post);
    const detail = { ...post, version: prepared.campaign.version, adopted };
    const entry = { at: now, actor: ACTOR, action: 'campaign.post', subject: prepared.campaign.id, reason: 'first' };
    await appendAudit(tx, { ...entry, detail });
    // Its line in the storm's message says so.
    const storm = await stormOf(tx, row.campaign);
    if (storm !== undefined) await enqueueStorm(tx, storm, `posted:${row.dedupKey}`, now);
  }
  if (prepared.type === 'post_storm') await recordStormPost(tx, prepared.storm.number, post);
  if (prepared.type === 'post_card') await recordProposalPost(tx, prepared.proposal, post);
  if (prepared.type === 'reply' && prepared.risen !== undefined) {
    const { risen } = prepared;
    await enqueue(tx, { kind: 'notice', dedupKey: `risen:${row.dedupKey}`, payload: risen, notBefore: now }, now);
  }
  // Without these it is a message that is told once.
  if (!('covers' in prepared)) return true;
  if (!adopted) await markCovered(tx, prepared.covers, post, now);
  // What was found shows an older state; nothing else may be queued that would bring it up to date.
  else {
    const { kind, payload, campaign, dedupKey } = row;
    const again = { kind, payload, campaign: campaign ?? undefined, dedupKey: `${dedupKey}:adopted` };
    await enqueue(tx, { ...again, notBefore: now }, now);
  }
  return true;
}

/** Whoever tried before may stand still, wake after this, and die before it can mend what it did (mend-overtaken.ts). */
async function lookAgain(tx: pg.PoolClient, row: Delivery, prepared: Prepared, now: number): Promise<void> {
  const { kind, payload, campaign, dedupKey, channel } = row;
  // It never came so far as to send anything.
  if (channel === null || prepared.type === 'impossible') return;
  const notBefore = now + SECOND_LOOK_MS;
  if (isUpdate(prepared)) {
    const again = { kind, payload, campaign: campaign ?? undefined, dedupKey: `${dedupKey}:again`, notBefore };
    await enqueue(tx, again, now);
  } else await enqueueTakeBack(tx, row, { channel, threadTs: threadOf(prepared)?.ts, notBefore }, now);
}

async function writeRootGone(
  tx: pg.PoolClient,
  row: Delivery,
  prepared: Prepared,
  error: string,
  now: number,
): Promise<boolean> {
  if (!(await markRetry(tx, row, { notBefore: now + 1_000, error }))) return false;
  if (prepared.type === 'update_storm') await recordStormPost(tx, prepared.storm.number, null);
  if (row.campaign === null) return true;
  // The proposal's own message: its thread may well be there.
  if (prepared.type === 'update_card') {
    await recordProposalPost(tx, prepared.proposal, null);
    return true;
  }
  await recordPost(tx, row.campaign, null);
  if (row.kind !== 'campaign_root') {
    // What answers waits for a root, which nobody else may ask for.
    const root = {
      kind: 'campaign_root',
      campaign: row.campaign,
      dedupKey: `root-for:${row.dedupKey}:${row.attempt}`,
    } as const;
    await enqueue(tx, { ...root, payload: {}, notBefore: now }, now);
  }
  return true;
}

/** False when the lease was lost. */
export async function writeDead(tx: pg.PoolClient, row: Delivery, error: string, now: number): Promise<boolean> {
  if (!(await markDead(tx, row, error))) return false;
  const subject = row.campaign === null ? row.dedupKey : `C-${row.campaign}`;
  const detail = { kind: row.kind, delivery: row.dedupKey, attempts: row.attempt };
  await appendAudit(tx, { at: now, actor: ACTOR, action: 'delivery.give_up', subject, reason: error, detail });
  return true;
}

function keep(isMine: boolean, settled: Settled): Settled {
  return isMine ? settled : 'lost';
}
