import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { distribute } from '../../src/db/distribute.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function distributed(): Promise<string[]> {
  const { rows } = await database.pool.query<{ name: string }>(
    'select logicalrelid::text as name from pg_dist_partition order by 1',
  );
  return rows.map(({ name }) => name);
}

describe('the large tables', () => {
  it('stay as they are on a plain PostgreSQL, and once they are distributed', async () => {
    const client = await database.pool.connect();
    try {
      expect(await distribute(client)).toEqual([]);
    } finally {
      client.release();
    }
  });

  it.runIf(inject('isCitus'))('lie by account over the workers, those of what Slack is told do not', async () => {
    expect(await distributed()).toEqual(['account', 'account_day', 'account_trait', 'exchange', 'trait']);
  });
});
