import type pg from 'pg';
import type { ExchangeLine } from '../../src/ingest/records.ts';
import { rollUp } from '../../src/jobs/roll-up.ts';
import { rollUpTraits } from '../../src/jobs/roll-up-traits.ts';
import { Random } from '../../src/simulation/random.ts';
import { createWorld, START } from '../detections/world.ts';

const HOUR = 3_600_000;
export const LATENESS = 10 * 60_000;

/** Counts and traits, as the jobs do one after the other. */
export async function rollAll(pool: pg.Pool, now: number) {
  const counts = await rollUp({ pool, now, allowedLatenessMs: LATENESS });
  return { ...counts, ...(await rollUpTraits(pool, now)) };
}

export function exchange(id: string, at: number, rest: Partial<ExchangeLine> = {}): ExchangeLine {
  return { id, occurred_at: new Date(at).toISOString(), account_id: 'acct_1', model: 'halcyon-4', ...rest };
}

/** A few accounts whose traffic shares texts, networks and clients by chance, in no order. */
export function lively(seed: string, count: number): ExchangeLine[] {
  const random = new Random(`lively ${seed}`);
  const world = createWorld(`lively ${seed}`);
  const prompts = Array.from({ length: 6 }, () => world.words(12));
  return Array.from({ length: count }, (_, index) =>
    exchange(`x${index}`, START + random.int(0, 3 * 24 * HOUR - 1), {
      account_id: `acct_${random.int(0, 9)}`,
      model: random.pick(['halcyon-4', 'halcyon-5']),
      prompt: `${random.pick(prompts)}${random.chance(0.3) ? ' step by step' : ''}`,
      user_agent: random.pick(['a/1', 'b/2']),
      client_address: `198.51.100.${random.int(1, 254)}`,
      input_tokens: random.int(1, 500),
      output_tokens: random.int(0, 500),
      outcome: random.pick(['completed', 'refused']),
    }),
  );
}

export const TRAITS = 'select account_key, trait, day, uses, first_at, last_at from account_trait order by 1, 2, 3';
export const TRAITS_ANEW = `
  select account_key, s.trait, (occurred_at at time zone 'UTC')::date as day, count(*)::int as uses,
    min(occurred_at) as first_at, max(occurred_at) as last_at
  from exchange cross join unnest(traits) as s(trait)
  where s.trait in (
    select t from exchange cross join unnest(traits) as t group by t
    having case when (t >> 60) & 15 in (1, 2, 3, 4, 5, 7)
      then count(distinct account_key) >= 5 and count(*) >= 1.1 * count(distinct account_key)
      else count(distinct account_key) >= 2 end)
  group by 1, 2, 3 order by 1, 2, 3`;
