import { afterAll, beforeAll, expect, it } from 'vitest';
import { gatherHits } from '../../src/jobs/gather-hits.ts';
import { silentLog } from '../../src/log.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { detectionOf } from '../detections/detection-of.ts';
import { END } from '../detections/world.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const gather = (queries: readonly string[], timeoutMs = 30_000) =>
  gatherHits(database.pool, queries.map(detectionOf), { end: END }, { timeoutMs, log: silentLog });

it('gives hits in one order, whatever the database’s', async () => {
  const shuffled = 'select n::text as trait from generate_series(1, 50) n order by random()';
  const { hits } = await gather([shuffled]);
  expect(hits).toHaveLength(50);
  expect((await gather([shuffled])).hits).toEqual(hits);
});

it('keeps to the order of the detections, whichever is done first', async () => {
  const { hits } = await gather(["select 'slow' as trait from pg_sleep(0.2)", "select 'fast' as trait"]);
  expect(hits.map((hit) => hit.trait)).toEqual(['slow', 'fast']);
});

it('stops a query that runs out of time', async () => {
  const { hits, failed } = await gather(["select 'never' as trait from pg_sleep(600)"], 50);
  expect({ hits, failed }).toEqual({
    hits: [],
    failed: [{ detection: 'sample', error: expect.stringContaining('statement timeout'), timedOut: true }],
  });
});

it('goes on after one that fails, with what comes before it and after', async () => {
  const wrong = 'select no_such_column';
  const queries = ["select 'first' as trait", wrong, "select 'second' as trait", wrong, "select 'third' as trait"];
  const { hits, failed } = await gather(queries);
  expect(hits.map((hit) => hit.trait)).toEqual(['first', 'second', 'third']);
  expect(failed.map(({ error }) => error)).toEqual(Array(2).fill(expect.stringContaining('no_such_column')));
});

it('stops each that runs out of time, and gives those after it all of theirs', async () => {
  const never = "select 'never' as trait from pg_sleep(600)";
  const { hits, failed } = await gather([never, "select 'then' as trait", never, "select 'too' as trait"], 50);
  expect(hits.map((hit) => hit.trait)).toEqual(['then', 'too']);
  expect(failed.map(({ timedOut }) => timedOut)).toEqual([true, true]);
});

it('says of each that it failed where there is no database', async () => {
  const gone = await createTestDatabase();
  await gone.drop();
  const queries = ["select 'one' as trait", "select 'two' as trait", "select 'three' as trait"];
  const { hits, failed } = await gatherHits(
    gone.pool,
    queries.map(detectionOf),
    { end: END },
    { timeoutMs: 50, log: silentLog },
  );
  expect({ hits, failed: failed.length }).toEqual({ hits: [], failed: 3 });
});
