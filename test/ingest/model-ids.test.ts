import { afterAll, beforeAll, expect, test } from 'vitest';
import { modelIds, saveReleases } from '../../src/db/model.ts';
import { createModelIds } from '../../src/ingest/model-ids.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test('gives a model one id, whoever asks', async () => {
  const [one, two] = [createModelIds(database.pool), createModelIds(database.pool)];
  const [first, second] = await Promise.all([one.learn('halcyon-4'), two.learn('halcyon-4')]);
  expect(first).toBe(second);
  expect(one.known('halcyon-4')).toBe(first);
  expect(one.known('halcyon-5')).toBeUndefined();
});

test('names past the limit are one other model', async () => {
  const models = createModelIds(database.pool, 4);
  const ids: number[] = [];
  for (let at = 0; at < 10; at += 1) ids.push(await models.learn(`made up ${at}`));
  expect(new Set(ids).size).toBeLessThan(6);
  const other = (await modelIds(database.pool, ['other'], { add: false })).get('other');
  expect(ids.slice(5)).toEqual(Array.from({ length: 5 }, () => other));
});

test('asking again uses up no ids', async () => {
  for (let at = 0; at < 50; at += 1) {
    await modelIds(database.pool, ['halcyon-4'], { add: true });
    await saveReleases(database.pool, [{ model: 'halcyon-4', released_at: at }]);
  }
  const before = (await createModelIds(database.pool).learn('halcyon-4')) ?? 0;
  const after = await createModelIds(database.pool).learn('halcyon-6');
  const { rows } = await database.pool.query('select count(*)::int as n, max(model_id)::int as last from model');
  expect(after).toBeGreaterThan(before);
  expect(rows[0]).toMatchObject({ last: after });
  expect(after).toBeLessThan(20);
});
