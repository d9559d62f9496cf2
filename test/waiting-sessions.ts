import type { Pool } from 'pg';
import { vi } from 'vitest';

/** Processes of this database's sessions that wait for a lock. */
export async function waitingSessions(pool: Pool): Promise<number[]> {
  const { rows } = await pool.query<{ pid: number }>(
    `select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return rows.map(({ pid }) => pid);
}

/** Until some session does. */
export const untilOneWaits = (pool: Pool) =>
  vi.waitUntil(async () => (await waitingSessions(pool)).length > 0, { timeout: 30_000, interval: 5 });
