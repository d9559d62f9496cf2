import { afterAll, beforeAll, expect, it } from 'vitest';
import { createCampaign } from '../../src/db/campaign.ts';
import { saveMembers } from '../../src/db/campaign-account.ts';
import { DRAFT, NOW } from '../campaign-fixture.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await createCampaign(database.pool, DRAFT, NOW);
});
afterAll(() => database.drop());

const found = (names: readonly string[], standing: 'member' | 'review') =>
  names.map((account) => ({ account, strength: 5, standing, detections: [] }));
const save = (names: readonly string[], standing: 'member' | 'review') =>
  saveMembers(database.pool, 1, found(names, standing), NOW);

it('saveMembers counts who became a member: not who is in review, nor who was one already', async () => {
  expect(await save(['1', '2'], 'member')).toBe(2);
  expect(await save(['1', '3', '4'], 'review')).toBe(0);
  expect(await save(['1', '2', '3'], 'member')).toBe(1);
  expect(await save(['1', '2', '3'], 'member')).toBe(0);
});
