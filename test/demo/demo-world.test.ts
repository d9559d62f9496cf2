import { beforeAll, describe, expect, it } from 'vitest';
import type { CampaignRecord } from '../../src/campaigns/campaign-record.ts';
import { readCampaignRecords } from '../../src/db/campaign-records.ts';
import { createDemoWorld, DEMO_KEY } from '../../src/demo/demo-world.ts';
import { playWorld } from '../../src/demo/play-world.ts';
import { DETECTIONS } from '../../src/detections/registry.ts';
import { createFingerprinter } from '../../src/ingest/fingerprint.ts';
import { createScheduler } from '../../src/jobs/scheduler.ts';
import { watchJobs } from '../../src/jobs/watch-jobs.ts';
import { createDetector } from '../../src/jobs/detector.ts';
import { silentLog } from '../../src/log.ts';
import type { Truth } from '../../src/simulation/truth.ts';
import { createTestDatabase } from '../database.ts';

/** The demo's past as it is played when the demo is started at `now`: what was found by then, and the truth. */
async function pastOf(now: number): Promise<{ campaigns: CampaignRecord[]; truth: Truth }> {
  const world = createDemoWorld({ now, seed: '7' });
  const database = await createTestDatabase();
  const { pool } = database;
  const present = new AbortController();
  let worldTime = world.startAt;
  const jobs = watchJobs({
    pool,
    detector: createDetector({ pool, detections: DETECTIONS, log: silentLog }),
    allowedLatenessMs: 10 * 60_000,
  });
  const scheduler = createScheduler({ pool, jobs, log: silentLog, clock: () => Promise.resolve(worldTime) });
  try {
    await playWorld({
      pool,
      world,
      fingerprinter: createFingerprinter(DEMO_KEY),
      now: () => now,
      async onHour(at) {
        worldTime = at;
        for (const { job, outcome } of await scheduler.runDueSlots(at)) expect([job, outcome]).toEqual([job, 'done']);
      },
      onPresent: () => Promise.resolve(present.abort()),
      signal: present.signal,
    });
    return { campaigns: await readCampaignRecords(pool), truth: world.truth() };
  } finally {
    await database.drop();
  }
}

// The past is shortest at midnight; by weekday and hour the customers differ.
describe.each(['2026-11-23T21:50:00Z', '2026-11-26T00:00:00Z', '2026-11-28T14:20:00Z'])(
  'a demo that starts at %s',
  { timeout: 120_000 },
  (start) => {
    const now = Date.parse(start);
    let past: Awaited<ReturnType<typeof pastOf>>;
    beforeAll(async () => {
      past = await pastOf(now);
    }, 120_000);

    it('has alerted its campaign before the present, and nothing else', () => {
      const guilty = new Set(past.truth.campaigns.find(({ kind }) => kind === 'extraction')?.account_ids);
      expect(past.campaigns.map(({ id, kind }) => `${id} ${kind}`)).toEqual(['C-1 extraction']);
      const [campaign] = past.campaigns;
      expect(Date.parse(campaign?.alerted_at ?? '')).toBeLessThan(now);
      expect(campaign?.account_ids.filter((account) => !guilty.has(account))).toEqual([]);
      expect(campaign?.account_ids.length).toBeGreaterThan(0.9 * guilty.size);
    });

    it('goes on for a day at least', () => {
      expect(Date.parse(past.truth.end_at) - now).toBeGreaterThan(86_400_000);
    });
  },
);
