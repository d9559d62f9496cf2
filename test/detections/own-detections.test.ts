import { copyFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createOwnDetections, type OwnDetections } from '../../src/detections/own-detections.ts';
import { queryProblem } from '../../src/detections/query-problem.ts';
import { DETECTIONS } from '../../src/detections/registry.ts';
import { runDetection } from '../../src/detections/run-detection.ts';
import { watchJobs } from '../../src/jobs/watch-jobs.ts';
import { createDetector } from '../../src/jobs/detector.ts';
import { silentLog } from '../../src/log.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { live, look } from '../jobs/campaign-world.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { accountIds, clearWorld } from './load-world.ts';
import { createWorld, END, queue } from './world.ts';

const EXAMPLE = path.resolve(import.meta.dirname, '../../docs/examples/trial-rush.mjs');

let folder: string;
let own: OwnDetections;
beforeEach(async () => {
  folder = await temporaryDirectory();
  own = createOwnDetections(folder, silentLog);
});

const write = (file: string, text: string) => writeFile(path.join(folder, file), text);

/** A module whose definition is changed by a line of code. */
const moduleOf = (id: string, change = '') => `
  export default ({ defineDetection, sql, z }) => {
    const spec = {
      id: '${id}', family: 'client', role: 'ties', title: 'A sample of one’s own',
      params: z.object({ least: z.number().default(1) }), row: z.object({ trait: z.string() }),
      query: ({ least }) => sql\`select 'x' as trait where \${least} > 0\`,
      hit: ({ trait }) => ({ trait, accounts: ['1', '2'], weight: 1, evidence: {} }),
      explain: (hits, covered, of) => \`\${covered} of \${of} accounts are samples\`,
      looksFor: 'samples', benignCauses: ['chance'], knownGaps: ['others'], runbook: 'look twice',
    };
    ${change}
    return defineDetection(spec);
  };`;

const ids = async () => (await own.refresh()).detections.map(({ id }) => id);

describe('a folder of one’s own detections', () => {
  it('is loaded, and looked at again at each run', async () => {
    await write('one-thing.mjs', moduleOf('one-thing'));
    await write('another.js', moduleOf('another'));
    await write('notes.txt', 'no module');
    expect(await ids()).toEqual(['another', 'one-thing']);
    await write('third.mjs', moduleOf('third'));
    await rm(path.join(folder, 'another.js'));
    expect(await ids()).toEqual(['one-thing', 'third']);
  });

  it('keeps the last good version of what is broken, and takes the next good one', async () => {
    const titleOf = async () => (await own.refresh()).detections.map(({ title }) => title);
    await write('one-thing.mjs', moduleOf('one-thing', "spec.title = 'first title';"));
    await write('other.mjs', moduleOf('other', "spec.title = 'other title';"));
    expect(await titleOf()).toEqual(['first title', 'other title']);
    await write('one-thing.mjs', 'export default { half');
    expect(await titleOf()).toEqual(['first title', 'other title']);
    expect((await own.refresh()).problems).toEqual([
      { file: 'one-thing.mjs', what: expect.stringContaining('cannot be loaded'), kept: true },
    ]);
    await write('one-thing.mjs', moduleOf('one-thing', "spec.title = 'second title';"));
    expect(await titleOf()).toEqual(['second title', 'other title']);
    expect((await own.refresh()).problems).toEqual([]);
    // Back to what it was once: the module that Node still has.
    await write('one-thing.mjs', moduleOf('one-thing', "spec.title = 'first title';"));
    expect(await titleOf()).toEqual(['first title', 'other title']);
  });

  it('stays with what it has while the folder cannot be read', async () => {
    await write('one-thing.mjs', moduleOf('one-thing'));
    await own.refresh();
    await rm(folder, { recursive: true });
    expect(await own.refresh()).toMatchObject({
      detections: [{ id: 'one-thing' }],
      problems: [{ file: 'RETORT_DETECTIONS_DIR', what: expect.stringContaining('ENOENT') }],
    });
  });

  it('is nothing where none is set', async () => {
    const none = createOwnDetections(undefined, silentLog);
    expect(await none.refresh()).toEqual({ detections: [], problems: [] });
  });
});

it.each([
  ["spec.family = 'colour';", 'family', /must be one of content, payment/],
  ['delete spec.runbook;', 'runbook', /is missing/],
  ["spec.role = 'tie';", 'role', /ties or supports/],
  ["spec.knownGaps = [''];", 'knownGaps.0', /words/],
  ['spec.benignCauses = [];', 'benignCauses', /at least one/],
  ["spec.id = 'another';", 'id', /file's name, one-thing/],
  ["spec.query = 'select 1';", 'query', /must be a function/],
  ["spec.query = () => 'select 1';", 'query', /the sql tag/],
  ['spec.query = () => { throw new TypeError("no such thing"); };', 'query', /TypeError: no such thing/],
  ['spec.params = z.object({ least: z.number() });', 'params', /default: least/],
  ['spec.row = { trait: 1 };', 'row', /object schema/],
  ["spec.state = 'on';", 'state', /enabled, shadow, disabled/],
  ['return 7;', undefined, /must export a detection/],
  ['throw new Error("on load");', undefined, /cannot be loaded: Error: on load/],
])('names file and field: %s', async (change, field, what) => {
  await write('one-thing.mjs', moduleOf('one-thing', change));
  await write('good.mjs', moduleOf('good'));
  const { detections, problems } = await own.refresh();
  expect(detections.map(({ id }) => id)).toEqual(['good']);
  expect(problems).toEqual([
    {
      file: 'one-thing.mjs',
      ...(field === undefined ? {} : { field }),
      what: expect.stringMatching(what),
      kept: false,
    },
  ]);
});

it('refuses ids that are taken, two files of one name, and what is not built', async () => {
  await write('no-night.mjs', moduleOf('no-night'));
  await write('twice.js', moduleOf('twice'));
  await write('twice.mjs', moduleOf('twice'));
  await write('typed.ts', 'export default 1');
  const { detections, problems } = await own.refresh();
  expect(detections.map(({ id }) => id)).toEqual(['twice']);
  expect(problems).toMatchObject([
    { file: 'typed.ts', what: expect.stringContaining('build it to a .mjs') },
    { file: 'no-night.mjs', field: 'id', what: expect.stringContaining('one of Retort') },
    { file: 'twice.mjs', field: 'id', what: expect.stringContaining('another file') },
  ]);
});

describe('in a run', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());
  beforeEach(() => clearWorld(database.pool));

  it('the example finds busy trial accounts', async () => {
    await copyFile(EXAMPLE, path.join(folder, 'trial-rush.mjs'));
    const { detections, problems } = await own.refresh();
    expect(problems).toEqual([]);
    const world = createWorld('trial rush');
    world.pool(30, {});
    world.pool(3, { account: { plan: 'trial' } });
    const busy = world.pool(4, { account: { plan: 'trial' }, rhythm: queue(60) });
    world.pool(3, { account: { plan: 'pro' }, rhythm: queue(60) });
    await live(database.pool, world);
    const [example] = detections;
    if (example === undefined) throw new Error('no example');
    const hits = await runDetection(database.pool, example, { end: END - 1 }, { timeoutMs: 30_000 });
    expect(
      await accountIds(
        database.pool,
        hits.flatMap((hit) => hit.accounts),
      ),
    ).toEqual(busy.toSorted());
    const columns = await database.pool.query(example.build({}, { end: END - 1 }));
    expect(columns.fields.map(({ name }) => name)).toEqual(Object.keys(example.row.shape));
    expect(await look(database.pool, { detections: [...DETECTIONS, example] })).toMatchObject({ shadowHits: 1 });
  });

  it.each([
    [
      "spec.query = () => sql`select 1 as other, 'x' as another`;",
      { field: 'row', what: 'has trait, and the query returns other, another' },
    ],
    [
      'spec.query = () => sql`select trait from nowhere`;',
      { field: 'query', what: expect.stringContaining('"nowhere" does not exist') },
    ],
    ['', undefined],
  ])('the database is asked whether it takes the query: %s', async (change, problem) => {
    await write('one-thing.mjs', moduleOf('one-thing', change));
    const [detection] = (await own.refresh()).detections;
    if (detection === undefined) throw new Error('not loaded');
    expect(await queryProblem(database.pool, detection)).toEqual(problem);
  });

  it('the detect job takes up what changed since its last run', async () => {
    await live(database.pool, smallWorld());
    const detector = createDetector({ pool: database.pool, detections: [], own, log: silentLog });
    const [, job] = watchJobs({ pool: database.pool, detector, allowedLatenessMs: 0 });
    const run = (now: number) =>
      job?.run({ slotAt: now, now, skipped: 0, attempt: 1, signal: new AbortController().signal, log: silentLog });
    expect(await run(END)).toMatchObject({ hits: 0, notLoaded: [] });
    await write('one-thing.mjs', moduleOf('one-thing'));
    expect(await run(END + 1)).toMatchObject({ hits: 1, notLoaded: [] });
    await write('one-thing.mjs', moduleOf('one-thing', 'delete spec.row;'));
    await database.pool.query(`update detection_run set window_end = window_end - interval '3 hours'`);
    expect(await run(END + 2)).toMatchObject({
      hits: 1,
      notLoaded: [{ file: 'one-thing.mjs', field: 'row', what: 'is missing', kept: true }],
    });
    expect(await run(END + 3)).toEqual({
      waits: 'little is new',
      notLoaded: [expect.objectContaining({ kept: true })],
    });
  });

  it.each([
    [
      'names no accounts',
      "spec.hit = () => ({ trait: 'x', accounts: ['; drop'], weight: 1, evidence: {} });",
      /account/,
    ],
    [
      'weighs without end',
      "spec.hit = () => ({ trait: 'x', accounts: ['1'], weight: 1 / 0, evidence: {} });",
      /weight/,
    ],
    ['throws at a row', 'spec.hit = () => { throw new RangeError("a row too far"); };', /a row too far/],
  ])('one that %s fails by itself', async (_what, change, error) => {
    await write('one-thing.mjs', moduleOf('one-thing', change));
    await write('good.mjs', moduleOf('good', "spec.explain = () => { throw new Error('no words'); };"));
    await live(database.pool, smallWorld());
    const { detections } = await own.refresh();
    const result = await look(database.pool, { detections });
    expect(result).toMatchObject({
      hits: 1,
      failed: [{ detection: 'one-thing', error: expect.stringMatching(error) }],
    });
    const good = detections.find(({ id }) => id === 'good');
    expect(good?.explain([], 2, 3)).toBe('2 of 3 accounts: A sample of one’s own');
  });
});

function smallWorld() {
  const world = createWorld('small');
  world.pool(5, {});
  return world;
}
