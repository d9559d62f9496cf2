import { copyFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { END, START } from '../detections/world.ts';
import { dealtAccount, live, peopledWorld } from '../jobs/campaign-world.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { runRetort } from './run-retort.ts';

const EXAMPLE = path.resolve(import.meta.dirname, '../../docs/examples/trial-rush.mjs');

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  const world = peopledWorld('detect command');
  world.pool(24, (index) => dealtAccount(world, index));
  await live(database.pool, world);
});
afterAll(() => database.drop());

const retort = (words: string[], environment: Record<string, string> = {}) =>
  runRetort(words, { DATABASE_URL: database.url, RETORT_FINGERPRINT_KEY: 'k'.repeat(32), ...environment });
const time = (at: number): string => new Date(at).toISOString();

describe('retort detect --detection', { timeout: 60_000 }, () => {
  const words = ['detect', '--dry-run', '--detection', 'shared-payment', '--from', time(START), '--to', time(END)];

  it('tells what it would have caught and whom it would have hit, as JSON and in words', async () => {
    const { status, out } = await retort([...words, '--json']);
    expect(status).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      detection: 'shared-payment',
      from: time(START),
      windows: 3,
      accounts: 24,
      standing: { confirmed: 0, open: 0, dismissed: 0, none: 24 },
      findings: expect.arrayContaining([expect.objectContaining({ firstAt: expect.stringMatching(/^2026-03-1\dT/) })]),
    });
    const told = await retort([...words, '--params', '{"minOwners":9}']);
    expect(told).toMatchObject({ status: 0, out: expect.stringContaining('0 findings, 0 accounts') });
    const week = await retort(['detect', '--dry-run', '--detection', 'shared-payment', '--json']);
    expect(JSON.parse(week.out)).toMatchObject({ accounts: 24, windows: 8 });
    expect((await database.pool.query('select from hit')).rowCount).toBe(0);
  });

  it.each([
    [['detect', '--detection', 'shared-payment'], 2, 'needs --dry-run'],
    [['detect', '--from', '2026-01-01'], 2, 'name it with --detection'],
    [[...words, '--params', '[1]'], 2, 'must be a JSON object'],
    [[...words, '--step', 'week'], 2, 'must be day or hour'],
    [
      ['detect', '--dry-run', '--detection', 'shared-paiment'],
      1,
      'there is no detection shared-paiment: there are shared-template',
    ],
    [[...words, '--params', '{"minOwner":9}'], 1, 'minOwner'],
  ])('%j ends with %i', async (typed, status, says) => {
    const ended = await retort(typed);
    expect(ended).toMatchObject({ status, out: '', err: expect.stringContaining(says) });
  });
});

describe('detections of one’s own', { timeout: 60_000 }, () => {
  it('run with the others, and a broken one stops none of them', async () => {
    const folder = await temporaryDirectory();
    await copyFile(EXAMPLE, path.join(folder, 'trial-rush.mjs'));
    await writeFile(path.join(folder, 'half.js'), 'export default ({ sql }) => {');
    await writeFile(path.join(folder, 'wrong.mjs'), "export default { id: 'wrong', family: 'colour' }");
    await writeFile(
      path.join(folder, 'lost-table.mjs'),
      (await readFile(EXAMPLE, 'utf8'))
        .replace('trial-rush', 'lost-table')
        .replace('join account b', 'join acount b')
        .replace("state: 'shadow'", "state: 'disabled'"),
    );
    const environment = { RETORT_DETECTIONS_DIR: folder };
    const { status, out } = await retort(['detect', '--json', '--as-of', time(END)], environment);
    expect(status).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      campaigns: [{ id: 'C-1', decision: 'first', accounts: 24 }],
      failed: [],
      notLoaded: [
        { file: 'half.js', what: expect.stringContaining('cannot be loaded'), kept: false },
        { file: 'wrong.mjs', field: 'family', what: expect.stringContaining('must be one of'), kept: false },
      ],
    });
    const ran = await database.pool.query("select from detection_run where detection_id = 'trial-rush'");
    expect(ran.rowCount).toBe(1);

    const doctor = await retort(['doctor'], { ...environment, RETORT_DATA_DIR: await temporaryDirectory() });
    expect(doctor.status).toBe(1);
    expect(doctor.out).toContain('ok    your own detections: trial-rush can be loaded');
    expect(doctor.out).toMatch(/MEND {2}your own detections: lost-table: query is refused .*"acount" does not exist/);
    expect(doctor.out).toMatch(/MEND {2}your own detections: wrong\.mjs: family must be one of/);
    expect(doctor.out).toMatch(/MEND {2}your own detections: half\.js: cannot be loaded: /);
  });
});

describe('retort detect --dry-run before anything was rolled up', { timeout: 60_000 }, () => {
  it('says which run comes first, and not that nothing was ingested', async () => {
    const fresh = await createTestDatabase();
    const { status, out } = await retort(['detect', '--dry-run'], { DATABASE_URL: fresh.url });
    const { out: real } = await retort(['detect'], { DATABASE_URL: fresh.url });
    await fresh.drop();
    expect([status, out]).toEqual([0, expect.stringMatching(/^nothing was rolled up yet.*: retort detect/)]);
    expect(real).toMatch(/^nothing was ingested yet: retort ingest/);
  });
});
