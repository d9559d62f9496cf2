import { expect, inject, it } from 'vitest';
import { silentLog } from '../../src/log.ts';
import { createTemporaryDatabase } from '../../src/replay/temporary-database.ts';
import { createTestDatabase } from '../database.ts';

it('is migrated, stands beside the configured one, and is gone when it was removed', async () => {
  const home = await createTestDatabase();
  const temporary = await createTemporaryDatabase(inject('databaseUrl'), silentLog);
  const { rows } = await temporary.pool.query<{ name: string; campaigns: number }>(
    'select current_database() as name, (select count(*)::int from campaign) as campaigns',
  );
  expect(rows).toEqual([{ name: expect.stringMatching(/^retort_replay_/), campaigns: 0 }]);
  await temporary.remove();
  const left = await home.pool.query('select from pg_database where datname = $1', [rows[0]?.name]);
  expect(left.rowCount).toBe(0);
  await home.drop();
});
