import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Hit } from '../../src/campaigns/hit.ts';
import type { Detection } from '../../src/detections/detection.ts';
import { runDetection } from '../../src/detections/run-detection.ts';
import { rollUp } from '../../src/jobs/roll-up.ts';
import { rollUpTraits } from '../../src/jobs/roll-up-traits.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { accountIds, clearWorld, loadAccounts, loadExchanges } from './load-world.ts';
import { createWorld, END, type World } from './world.ts';

export interface Cases {
  /** Builds the case into a population; returns the accounts that must be named, no more and no fewer. */
  fires: Record<string, (world: World) => string[]>;
  staysQuiet: Record<string, (world: World) => unknown>;
  /** Writes what the database holds besides the world. */
  before?: (pool: TestDatabase['pool']) => Promise<unknown>;
}

/** Unrelated people around every case: enough that what a few share is rare. */
const POPULATION = 80;

/** Runs one detection over small worlds, loaded and rolled up as in production. */
export function describeDetection(detection: Detection, { fires, staysQuiet, before }: Cases): void {
  describe.each([detection.id])('%s', () => {
    let database: TestDatabase;
    beforeAll(async () => {
      database = await createTestDatabase();
    });
    afterAll(() => database.drop());
    beforeEach(async () => {
      await clearWorld(database.pool);
      await before?.(database.pool);
    });

    async function look(world: World): Promise<Hit[]> {
      const { pool } = database;
      await loadAccounts(pool, world.accounts);
      await loadExchanges(pool, world.exchanges);
      const { watermark } = await rollUp({ pool, now: END, allowedLatenessMs: 0 });
      await rollUpTraits(pool, END);
      return runDetection(pool, detection, { end: watermark ?? END }, { timeoutMs: 30_000 });
    }

    describe('fires on', () => {
      it.each(Object.entries(fires))('%s', async (name, build) => {
        const world = createWorld(name);
        world.pool(POPULATION, {});
        const expected = build(world);
        const hits = await look(world);
        const named = await accountIds(database.pool, [...new Set(hits.flatMap((hit) => hit.accounts))]);
        expect(named).toEqual(expected.toSorted());
        for (const hit of hits) {
          expect(hit).toMatchObject({ detection: detection.id, family: detection.family, role: detection.role });
          expect(hit.weight).toSatisfy(Number.isFinite);
        }
        expect(detection.explain(hits, named.length, named.length)).toMatch(/^[^<>*_`]{20,}$/);
      });
    });

    describe('stays quiet on', () => {
      it.each(Object.entries(staysQuiet))('%s', async (name, build) => {
        const world = createWorld(name);
        world.pool(POPULATION, {});
        build(world);
        expect(await look(world)).toEqual([]);
      });
    });
  });
}
