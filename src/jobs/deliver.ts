import type pg from 'pg';
import type { StormRule } from '../campaigns/storm.ts';
import { claimDelivery, type Delivery, HELD_BACK } from '../db/outbox.ts';
import type { Log } from '../log.ts';
import type { Notifier } from '../slack/notifier.ts';
import { groupStorm } from './group-storm.ts';
import { mendOvertaken } from './mend-overtaken.ts';
import { createPacing } from './pacing.ts';
import { prepareDelivery, type PrepareOptions, type Sendable } from './prepare-delivery.ts';
import { type QuietHours, quietUntil } from './quiet-hours.ts';
import { type DeliveryPoint, type Sent, sendDelivery } from './send-delivery.ts';
import { settleDelivery, type Settled } from './settle-delivery.ts';
import { takeBack } from './take-back.ts';

export interface DeliverOptions extends Omit<PrepareOptions, 'db'> {
  pool: pg.Pool;
  notifier: Notifier;
  /** When only what is critical is told; unset: never. */
  quiet?: QuietHours | undefined;
  /** When many new campaigns are told in one message; unset: never. */
  storm?: StormRule | undefined;
  clock: { now(): number; sleep(ms: number): Promise<void> };
  /** 0 to 1; spreads the waits of workers that failed together. */
  random: () => number;
  log: Log;
  onPoint?: (point: DeliveryPoint, row: Delivery) => void | Promise<void>;
  /** Once it is aborted no further row is taken. */
  signal?: AbortSignal;
}

/** How many rows came to what. */
export type DeliverResult = Record<Settled, number>;

/** Longer than the slowest way through one row: pacing, looking for an earlier post, joining, posting twice. */
const LEASE_MS = 120_000;
const MOST_ROWS = 500;

/**
 * A worker on the outbox. Each call sends what is due, row by row; calls of one worker must not overlap, workers may.
 * A fault in one row leaves it to its lease and goes on with the next.
 */
export function createDeliverer(options: DeliverOptions): () => Promise<DeliverResult> {
  const { pool, notifier, quiet, storm, clock, random, log } = options;
  const onPoint = options.onPoint ?? (() => {});
  const sendOptions = { db: pool, notifier, pacing: createPacing(), clock, onPoint };

  async function deliver(row: Delivery): Promise<Settled> {
    await onPoint('claimed', row);
    if (row.kind === 'take_back') return takeBack(row, options);
    if (await groupStorm(pool, row, storm, clock.now())) return 'sent';
    const prepared = await prepareDelivery(row, { ...options, db: pool });
    const sent: Sent =
      prepared.type === 'impossible'
        ? { kind: 'impossible', error: prepared.why }
        : (heldBack(prepared) ?? (await sendDelivery(row, prepared, sendOptions)));
    const settled = await settleDelivery(row, prepared, sent, { pool, now: clock.now(), random: random(), log });
    if (settled === 'lost') await mendOvertaken(pool, row, prepared, sent, clock.now());
    await onPoint('marked', row);
    return settled;
  }

  function heldBack(prepared: Sendable): Sent | undefined {
    const now = clock.now();
    if (quiet === undefined || !('mayWait' in prepared) || !prepared.mayWait) return undefined;
    const until = quietUntil(now, quiet);
    return until === null ? undefined : { kind: 'retry', afterMs: until - now, error: HELD_BACK };
  }

  return async () => {
    const result: DeliverResult = { sent: 0, retry: 0, unknown: 0, dead: 0, lost: 0 };
    for (let rows = 0; rows < MOST_ROWS && options.signal?.aborted !== true; rows += 1) {
      const row = await claimDelivery(pool, { now: clock.now(), leaseMs: LEASE_MS });
      if (row === undefined) break;
      const settled = await deliver(row).catch((fault: unknown): Settled => {
        log.error({ err: fault, delivery: row.dedupKey, attempt: row.attempt }, 'a delivery failed');
        return 'unknown';
      });
      result[settled] += 1;
    }
    return result;
  };
}
