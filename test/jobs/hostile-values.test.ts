import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DETECTIONS } from '../../src/detections/registry.ts';
import { detect } from '../../src/jobs/detect.ts';
import { rollUp } from '../../src/jobs/roll-up.ts';
import { rollUpTraits } from '../../src/jobs/roll-up-traits.ts';
import { silentLog } from '../../src/log.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { loadExchanges } from '../detections/load-world.ts';
import { END, START } from '../detections/world.ts';

const HOUR = 3_600_000;
const MANY = 30_000;
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** What each kind of hostile traffic says anew with every exchange, and what it repeats. */
const line = (at: number) => ({
  id: `x${at}`,
  occurred_at: new Date(START + (at % 72) * HOUR).toISOString(),
  // One account holds half of everything.
  account_id: at % 2 === 0 ? 'acct_hub' : `acct_${at % 600}`,
  model: 'halcyon-4',
  user_agent: `agent/${at}`,
  tls_ja4: `stack_${at}`,
  client_address: `${1 + (at % 220)}.${Math.floor(at / 220) % 250}.7.1`,
  prompt: `question ${at.toString(36).repeat(3)} about thing ${at * 7} and ${at * 13}, and no other one ${at}`,
  system_instructions: 'The same words in every account, which all of them send with every request.',
});

describe('values made to cost much', { timeout: 120_000 }, () => {
  it('new clients and templates without end, one account with most of them, and a trait in every account', async () => {
    const { pool } = database;
    await loadExchanges(
      pool,
      Array.from({ length: MANY }, (_, at) => line(at)),
      { now: END },
    );
    await rollUp({ pool, now: END, allowedLatenessMs: 0 });
    await rollUpTraits(pool, END);
    const { rows } = await pool.query<{ traits: number; sightings: number }>(
      `select (select count(*)::int from trait) as traits, (select count(*)::int from account_trait) as sightings`,
    );
    // Of some ten values an exchange that nobody repeats, next to none is kept: only what accounts share.
    expect(rows[0]?.traits).toBeLessThan(MANY / 5);
    expect(rows[0]?.sightings).toBeGreaterThan(0);
    expect(rows[0]?.sightings).toBeLessThan(2 * MANY);
    const { failed, campaigns } = await detect({ pool, detections: DETECTIONS, now: END, log: silentLog });
    expect({ failed, campaigns }).toEqual({ failed: [], campaigns: [] });
  });
});
