import type pg from 'pg';
import { TARGETS, type Target } from '../campaigns/escalation.ts';
import { type EscalationOutcome, settleEscalation } from '../campaigns/settle-escalation.ts';
import { claimEscalation, type HeldEvent } from '../db/escalation-event.ts';
import type { SendEscalation } from '../enforcement/escalation-sender.ts';
import type { Log } from '../log.ts';
import { backoffMs } from './backoff.ts';
import { finishEscalation } from './finish-escalation.ts';

/** Where a worker may die, in order; fault tests do so at each. */
export type EscalatePoint = 'claimed' | 'request_sent' | 'answered' | 'kept';

export interface EscalateOptions {
  pool: pg.Pool;
  /** Those that are configured: what is for another waits. */
  senders: Partial<Record<Target, SendEscalation>>;
  clock: { now(): number };
  /** 0 to 1; spreads the waits of workers that failed together. */
  random: () => number;
  log: Log;
  onPoint?: (point: EscalatePoint) => void | Promise<void>;
  /** Aborted when the program ends: the request under way is the last. */
  signal?: AbortSignal;
}

/** How many events came to what in one round. */
export type EscalateResult = { sent: number; again: number; dead: number };

/** Longer than a request may take, several times over. */
const LEASE_MS = 60_000;
/** With less of it left, nothing is sent: another worker is about to have it. */
const MARGIN_MS = 20_000;

/**
 * A worker on what the other sides of escalations are to be told. Each call tells what is due; calls of one worker must
 * not overlap, workers may. A message that is sent twice is the same message.
 */
export function createEscalator(options: EscalateOptions): () => Promise<EscalateResult> {
  const { pool, senders, clock, log } = options;
  const targets = TARGETS.filter((target) => senders[target] !== undefined);
  return async () => {
    const result: EscalateResult = { sent: 0, again: 0, dead: 0 };
    while (options.signal?.aborted !== true) {
      const held = await claimEscalation(pool, { now: clock.now(), leaseMs: LEASE_MS, targets });
      if (held === undefined) break;
      const state = await tell(held, options).catch((fault: unknown) => {
        log.error({ err: fault, event: held.number }, 'an escalation was interrupted; its lease brings it back');
        return 'pending' as const;
      });
      result[state === 'pending' ? 'again' : state] += 1;
    }
    return result;
  };
}

async function tell(held: HeldEvent, options: EscalateOptions): Promise<EscalationOutcome['state']> {
  const { pool, senders, clock, random, log } = options;
  const onPoint = options.onPoint ?? (() => {});
  await onPoint('claimed');
  const send = senders[held.target];
  // A worker that was stopped for a while wakes up here.
  if (send === undefined || clock.now() > held.leaseUntil - MARGIN_MS) return 'pending';
  const sending = send(held, clock.now());
  await onPoint('request_sent');
  const answer = await sending;
  await onPoint('answered');
  const now = clock.now();
  const waitMs = backoffMs(held.attempt, random());
  const outcome = settleEscalation(answer, { now, createdAt: held.createdAt, waitMs });
  if (outcome.state !== 'sent') {
    const { target, kind, attempt } = held;
    log.warn({ target, event: kind, attempt, error: outcome.error }, `an escalation: ${outcome.state}`);
  }
  await finishEscalation(pool, held, outcome, now);
  await onPoint('kept');
  return outcome.state;
}
