import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { DETECTIONS } from '../src/detections/registry.ts';
import { forkDetector, type ForkOptions } from '../src/fork-detector.ts';
import { createDetector } from '../src/jobs/detector.ts';
import { silentLog } from '../src/log.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { END } from './detections/world.ts';
import { dealtAccount, live, peopledWorld } from './jobs/campaign-world.ts';
import { program } from './programs.ts';
import { temporaryDirectory } from './temporary-directory.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  const world = peopledWorld('detector');
  world.pool(40, (index) => dealtAccount(world, index));
  await live(database.pool, world);
});
afterAll(() => database.drop());

function open(change: Partial<ForkOptions> = {}) {
  const observed: string[] = [];
  const detector = forkDetector({
    databaseUrl: database.url,
    detectionsDir: undefined,
    logLevel: 'silent',
    log: silentLog,
    observe: ({ detection }) => void observed.push(detection),
    program: program('src/detector-process.ts'),
    ...change,
  });
  onTestFinished(() => detector.stop());
  return { detector, observed };
}

/** A folder with a detection of one's own: what it asks, and what it does with each row before it hands it on. */
async function folderWith(query: string, first = ''): Promise<string> {
  const folder = await temporaryDirectory();
  await writeFile(
    path.join(folder, 'one-thing.mjs'),
    `export default ({ defineDetection, sql, z }) => defineDetection({
      id: 'one-thing', family: 'client', role: 'ties', title: 'A sample of one’s own',
      params: z.object({}), row: z.object({ trait: z.string() }), query: () => sql\`${query}\`,
      hit: ({ trait }) => { ${first}; return { trait, accounts: ['1', '2'], weight: 1, evidence: {} }; },
      explain: () => 'a sample', looksFor: 'samples', benignCauses: ['chance'], knownGaps: ['others'], runbook: 'look twice',
    });`,
  );
  return folder;
}

/** The processes of the detections that are connected to the test's database and busy there. */
async function busyProcesses(): Promise<number> {
  const { rows } = await database.pool.query<{ busy: number }>(
    `select count(*)::int as busy from pg_stat_activity
     where datname = current_database() and application_name = 'retort detections' and query like '%pg_sleep%'
       and state = 'active'`,
  );
  return rows[0]?.busy ?? 0;
}

it('finds what the detections find in this process, and tells how each of them ran', async () => {
  const { detector, observed } = open();
  const far = await detector.look({ now: END });
  const { rows } = await database.pool.query(`select account_count from campaign`);
  expect(rows).toEqual([{ account_count: 40 }]);
  expect(observed.toSorted()).toEqual(DETECTIONS.map(({ id }) => id).toSorted());

  // The same look once more, here: nothing new to tell, and otherwise as it was there.
  await database.pool.query('truncate detection_run');
  const { pool } = database;
  const near = await createDetector({ pool, detections: DETECTIONS, log: silentLog }).look({ now: END });
  const { campaigns, ...rest } = near;
  expect(far).toMatchObject({ ...rest, reason: far['reason'] });
  expect(campaigns).toMatchObject([{ id: 'C-1', accounts: 40 }]);
});

it('runs one detection over history, of the operator’s folder too', async () => {
  const { detector } = open({ detectionsDir: await folderWith(`select 'x' as trait`) });
  const options = { days: 1, now: END };
  const known = await detector.backtest({ id: 'shared-payment', ...options });
  expect(known).toMatchObject({ ok: true, backtest: { detection: 'shared-payment', accounts: 40, failed: [] } });
  expect(await detector.backtest({ id: 'one-thing', ...options })).toMatchObject({ ok: true, backtest: { traits: 1 } });
  expect(await detector.backtest({ id: 'unheard-of', ...options })).toEqual({ ok: false, reason: 'unknown' });
});

it('says what the database says, and goes on', async () => {
  const { detector } = open();
  await database.pool.query('alter table detection_run rename to elsewhere');
  try {
    await expect(detector.look({ now: END })).rejects.toThrow('relation "detection_run" does not exist');
  } finally {
    await database.pool.query('alter table elsewhere rename to detection_run');
  }
  expect(await detector.look({ now: END })).toHaveProperty('notLoaded', []);
});

it('tells who waits that its process died, and starts another', async () => {
  const folder = await folderWith(`select 'x' as trait`, `process.kill(process.pid, 'SIGKILL')`);
  const { detector } = open({ detectionsDir: folder });
  const lost = detector.backtest({ id: 'one-thing', days: 1, now: END });
  await expect(lost).rejects.toThrow('the process of the detections ended (SIGKILL)');
  expect(await detector.backtest({ id: 'unheard-of', now: END })).toEqual({ ok: false, reason: 'unknown' });
});

it('tells who waits that the program ends, and leaves no process behind', async () => {
  const { detector } = open({ detectionsDir: await folderWith(`select 'x' as trait from pg_sleep(20)`) });
  const lost = detector.backtest({ id: 'one-thing', now: END }).catch((fault: Error) => fault.message);
  await expect.poll(busyProcesses).toBeGreaterThan(0);
  await detector.stop();
  expect(await lost).toBe('the program ends');
  await expect(detector.look({ now: END })).rejects.toThrow('the program ends');
});

it('says so where the process cannot be started', async () => {
  const { detector } = open({ program: path.join(await temporaryDirectory(), 'nothing.js') });
  await expect(detector.look({ now: END })).rejects.toThrow('the process of the detections ended (status 1)');
});
