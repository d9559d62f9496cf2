import type pg from 'pg';
import { claimDelivery, type Delivery } from '../db/outbox.ts';
import type { Log } from '../log.ts';
import type { Notifier } from '../slack/notifier.ts';
import type { People } from '../slack/people.ts';
import { createPacing } from './pacing.ts';
import { prepareDelivery } from './prepare-delivery.ts';
import { type DeliveryPoint, type Sent, sendDelivery } from './send-delivery.ts';
import { settleDelivery, type Settled } from './settle-delivery.ts';

export interface DeliverOptions {
  pool: pg.Pool;
  notifier: Notifier;
  people: People;
  /** Name or id. */
  alertChannel: string;
  /** Whom a digest's waits are for, by id or handle. */
  respondersGroup?: string | undefined;
  clock: { now(): number; sleep(ms: number): Promise<void> };
  /** 0 to 1; spreads the waits of workers that failed together. */
  random: () => number;
  log: Log;
  onPoint?: (point: DeliveryPoint, row: Delivery) => void | Promise<void>;
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
  const { pool, notifier, people, alertChannel, respondersGroup, clock, random, log } = options;
  const onPoint = options.onPoint ?? (() => {});
  const sendOptions = { db: pool, notifier, pacing: createPacing(), alertChannel, clock, onPoint };

  async function deliver(row: Delivery): Promise<Settled> {
    await onPoint('claimed', row);
    const prepared = await prepareDelivery(row, { db: pool, people, respondersGroup });
    const sent: Sent =
      prepared.type === 'impossible'
        ? { kind: 'impossible', error: prepared.why }
        : await sendDelivery(row, prepared, sendOptions);
    const settled = await settleDelivery(row, prepared, sent, { pool, now: clock.now(), random: random(), log });
    await onPoint('marked', row);
    return settled;
  }

  return async () => {
    const result: DeliverResult = { sent: 0, retry: 0, unknown: 0, dead: 0, lost: 0 };
    for (let rows = 0; rows < MOST_ROWS; rows += 1) {
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
