import type pg from 'pg';
import { createEnforcer, type EnforceOptions } from '../../src/jobs/enforce.ts';
import { silentLog } from '../../src/log.ts';
import { createProposalStore } from '../../src/db/proposal-store.ts';
import type { Wish } from '../../src/db/plan-action.ts';
import { NOW } from '../campaign-fixture.ts';
import { POLICY } from '../action-world.ts';

export interface Clock {
  now: () => number;
  sleep: (ms: number) => Promise<void>;
  advance: (ms: number) => void;
}

/** A worker that everyone may use, which waits for nothing. */
export function enforcing(
  pool: pg.Pool,
  clock: Pick<Clock, 'now' | 'sleep'>,
  change: Partial<EnforceOptions> & Pick<EnforceOptions, 'service'>,
): ReturnType<typeof createEnforcer> {
  return createEnforcer({
    pool,
    live: true,
    may: async () => ({ ok: true, name: 'someone' }),
    clock,
    random: () => 0.5,
    log: silentLog,
    batchSize: 100,
    paceMs: 0,
    ...change,
  });
}

/** Proposed by one, approved by another, or two over a cap. */
export async function approved(
  pool: pg.Pool,
  campaign: number,
  wish: Wish,
  now = NOW,
  policy = POLICY,
): Promise<number> {
  const store = createProposalStore(pool, policy);
  const proposed = await store.propose(campaign, wish, { actor: 'U0MARA', now, reason: 'one key, eight templates' });
  if (!proposed.ok) throw new Error(proposed.reason);
  for (const actor of ['U0JONAS', 'U0RAVI'].slice(0, proposed.proposal.approvalsNeeded)) {
    const outcome = await store.approve(proposed.proposal.number, { actor, now });
    if (!outcome.ok) throw new Error(outcome.reason);
  }
  return proposed.proposal.number;
}

/** Works and lets time pass until nothing is under way, for three hours at most. */
export async function workOff(pool: pg.Pool, clock: Clock, work: () => Promise<unknown>): Promise<void> {
  for (let minute = 0; minute < 180; minute += 1) {
    await work();
    const { rowCount } = await pool.query(`select from proposal where state in ('approved', 'executing')`);
    if (rowCount === 0) return;
    clock.advance(60_000);
  }
}
