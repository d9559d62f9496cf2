import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type pg from 'pg';
import { loadCampaign } from '../../src/db/campaign.ts';
import { readStatus } from '../../src/db/status-figures.ts';
import { gatherDossier } from '../../src/evidence/gather-dossier.ts';
import { saveDossier } from '../../src/evidence/save-dossier.ts';
import { verifyDossier } from '../../src/evidence/verify-dossier.ts';
import { DETECTIONS } from '../../src/detections/registry.ts';
import { queueDigest } from '../../src/jobs/digest.ts';
import { retain } from '../../src/jobs/retention.ts';
import { rollUp } from '../../src/jobs/roll-up.ts';
import { rollUpTraits } from '../../src/jobs/roll-up-traits.ts';
import { silentLog } from '../../src/log.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { END } from '../detections/world.ts';
import { loadExchanges } from '../detections/load-world.ts';
import { look } from '../jobs/campaign-world.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { campaignInDatabase, dossierOf, makerOf } from './dossier-room.ts';

// What people and jobs still have of a campaign when its exchanges, and later its sightings, are gone.

const DAY = 86_400_000;
let database: TestDatabase;
let pool: pg.Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  ({ pool } = database);
  await campaignInDatabase(pool);
});
afterAll(() => database.drop());

/** Traffic goes on for so long, and old days go. */
async function later(days: number): Promise<number> {
  const now = END + days * DAY;
  const occurred_at = new Date(now - 60_000).toISOString();
  await loadExchanges(pool, [{ id: `later ${days}`, occurred_at, account_id: 'acct_0', model: 'halcyon-4' }], { now });
  await rollUp({ pool, now, allowedLatenessMs: 0 });
  await rollUpTraits(pool, now);
  const { dropped, waiting } = await retain({
    pool,
    now,
    retention: { raw: 14 * DAY, traits: 90 * DAY },
    log: silentLog,
  });
  expect(dropped.length).toBeGreaterThan(2);
  expect(waiting).toEqual([]);
  return now;
}

const gather = async () => {
  const gathered = await gatherDossier(pool, DETECTIONS, 1);
  if (!gathered.ok) throw new Error(gathered.says);
  return gathered.facts;
};
const sum = (rows: readonly { campaign: number }[]) => rows.reduce((total, row) => total + row.campaign, 0);

it('a campaign, its dossier and the jobs do without its days, and say what is gone', async () => {
  const before = await gather();
  const { folder } = await saveDossier(await dossierOf(pool), path.join(await temporaryDirectory(), 'C-1'));
  const campaign = await loadCampaign(pool, 1);

  let now = await later(20);
  const after = await gather();
  // Now that more days are over there may be more of it, never less.
  expect(sum(after.traffic)).toBeGreaterThanOrEqual(sum(before.traffic));
  expect(sum(after.traffic)).toBe(after.activity.reduce((all, row) => all + (row.is_campaign ? row.exchanges : 0), 0));
  expect(after.bounds.bucketHours % 24).toBe(0);
  expect(after.traits.length).toBeGreaterThanOrEqual(before.traits.length);
  expect(after.models.filter(({ model }) => model !== 'halcyon-4')).toEqual([]);
  expect(sum(after.uses)).toBeLessThan(sum(before.uses));
  const report = (await dossierOf(pool)).files.get('report.html') ?? '';
  expect(report).toContain('Single exchanges are kept for a while only');
  expect(report).not.toContain('Sightings of traits before');

  const verdict = await verifyDossier(folder, { maker: makerOf(pool) });
  const gone = (id: string) => verdict.problems.find((problem) => problem.startsWith(`query ${id} `));
  for (const id of ['traffic', 'uses', 'models'])
    expect(gone(id)).toMatch(/reads days before .*, which were dropped since/);
  expect(verdict.queries?.find(({ id }) => id === 'shared-template')).toMatchObject({ id: 'shared-template' });

  expect((await look(pool, { now })).failed).toEqual([]);
  expect(await loadCampaign(pool, 1)).toMatchObject({
    status: 'confirmed',
    exchangeCount: campaign?.exchangeCount,
    firstExchangeAt: campaign?.firstExchangeAt,
  });
  expect((await readStatus(pool, now)).campaigns).toEqual({ confirmed: 1 });
  await queueDigest({ pool, now, time: '00:00', timezone: 'UTC' });

  now = await later(120);
  expect((await gather()).traits.filter(({ uses }) => uses > 0)).toEqual([]);
  const late = (await dossierOf(pool)).files.get('report.html') ?? '';
  expect(late).toContain('Sightings of traits before');
  expect((await look(pool, { now })).failed).toEqual([]);
});
