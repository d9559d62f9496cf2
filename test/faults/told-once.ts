import type pg from 'pg';
import { expect } from 'vitest';
import type { Sandbox } from '../../sandbox/server.ts';
import { verifyAudit } from '../../src/db/audit-entry.ts';

/** How far the tally of a run differs from what was promised. */
export interface Tally {
  campaigns: number;
  lost: number;
  doubled: number;
  repliesLost: number;
  repliesDoubled: number;
}

const KEPT = { lost: 0, doubled: 0, repliesLost: 0, repliesDoubled: 0 };

/** Every campaign stands in Slack once, where the database says; every acknowledgement once in its thread. */
export async function expectToldOnce(pool: pg.Pool, sandbox: Sandbox): Promise<Tally> {
  const { rows: campaigns } = await pool.query<{ ts: string | null; status: string }>(
    'select post_ts as ts, status from campaign',
  );
  const posted = sandbox.control.messages('abuse-alerts');
  const isRoot = ({ ts, thread_ts: thread }: (typeof posted)[number]) => thread === undefined || thread === ts;
  const roots = posted.filter(isRoot).map(({ ts }) => ts);
  const replies = posted.filter((message) => !isRoot(message)).map((message) => message.thread_ts ?? '');
  const known = new Set(campaigns.map(({ ts }) => ts));
  const acknowledged = campaigns.filter(({ status }) => status === 'acknowledged').map(({ ts }) => ts ?? '');
  const tally = {
    campaigns: campaigns.length,
    lost: campaigns.filter(({ ts }) => ts === null || !roots.includes(ts)).length,
    doubled: roots.filter((ts) => !known.has(ts)).length,
    repliesLost: acknowledged.filter((ts) => !replies.includes(ts)).length,
    repliesDoubled: replies.length - new Set(replies).size,
  };
  expect(tally).toEqual({ ...KEPT, campaigns: campaigns.length });
  expect(replies).toHaveLength(acknowledged.length);
  const { rows: states } = await pool.query('select distinct state from outbox');
  expect(states).toEqual([{ state: 'sent' }]);
  expect(await verifyAudit(pool)).toMatchObject({ ok: true });
  return tally;
}
