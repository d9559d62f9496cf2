import { beforeEach, describe, expect, it } from 'vitest';
import type pg from 'pg';
import { snoozeCampaign } from '../../src/campaigns/lifecycle/snooze.ts';
import { loadCampaign } from '../../src/db/campaign.ts';
import { readMembers } from '../../src/db/campaign-account.ts';
import { mergePair, splitOff } from '../../src/db/campaign-pair.ts';
import { createCampaignStore } from '../../src/db/campaign-store.ts';
import { createTestDatabase } from '../database.ts';
import { END } from '../detections/world.ts';
import { dealtAccount, live, look, peopledWorld } from './campaign-world.ts';

let pool: pg.Pool;

beforeEach(async () => {
  const database = await createTestDatabase();
  ({ pool } = database);
  return () => database.drop();
});

const HOUR = 3_600_000;
const by = { actor: 'U0MARA', now: END, why: 'because' };

async function guilty(seed: string, count = 24) {
  const world = peopledWorld(seed);
  world.pool(count, (index) => dealtAccount(world, index));
  await live(pool, world);
  await look(pool);
  return world;
}

const replies = async () => {
  const { rows } = await pool.query<{ payload: { reason?: string; note?: string } }>(
    "select payload from outbox where kind = 'campaign_reply' order by outbox_id",
  );
  return rows.map(({ payload }) => payload);
};

describe('what people decided', () => {
  it('a dismissed campaign comes back when it is three times what was dismissed, and says why', async () => {
    await guilty('outgrown');
    const decided = 'decided_by = $1, decided_at = $2, decided_reason = $3, decided_accounts = $4';
    const values = ['U0MARA', new Date(END), 'a course', 5];
    await pool.query(`update campaign set status = 'dismissed', version = version + 1, ${decided}`, values);
    // 24 accounts are nineteen more than five.
    expect((await look(pool)).campaigns).toMatchObject([{ decision: 'dismissed' }]);
    await pool.query('update campaign set decided_accounts = 4');
    expect((await look(pool, { now: END + HOUR })).campaigns).toMatchObject([{ id: 'C-1', decision: 'reopened' }]);
    expect(await loadCampaign(pool, 1)).toMatchObject({
      status: 'suspected',
      decided: null,
      acknowledgedBy: null,
      call: { since: END + HOUR, level: 0 },
    });
    expect((await replies()).at(-1)).toMatchObject({
      reason: 'reopened',
      note: 'It had 4 accounts when it was dismissed, and has 24 now, 6.0 times as many. It was dismissed because: a course',
    });
    expect((await look(pool, { now: END + 2 * HOUR })).campaigns).toMatchObject([{ decision: 'quiet' }]);
  });

  it('a snoozed campaign tells no growth, and what got worse at once', async () => {
    await guilty('snoozed');
    await createCampaignStore(pool).transition(1, by, (campaign) =>
      snoozeCampaign(campaign, { ...by, until: END + 24 * HOUR }),
    );
    const told = (await replies()).length;
    const last = (change: object) =>
      pool.query('update campaign set alerted = alerted || $1::jsonb', [JSON.stringify(change)]);
    await last({ accountCount: 5 });
    expect((await look(pool)).campaigns).toMatchObject([{ decision: 'snoozed' }]);
    expect(await replies()).toHaveLength(told);
    await last({ severity: 'low' });
    expect((await look(pool)).campaigns).toMatchObject([{ decision: 'escalated' }]);
    expect(await loadCampaign(pool, 1)).toMatchObject({ snooze: null, call: { since: END, level: 0 } });
  });

  it('accounts that were split off stay apart', async () => {
    await guilty('split');
    const [some] = (
      await pool.query(
        "select string_agg(account_id, ',') as ids from (select account_id from account join campaign_account using (account_key) order by account_key limit 8) t",
      )
    ).rows as { ids: string }[];
    const outcome = await splitOff(pool, { from: 1, ids: (some?.ids ?? '').split(',') }, by);
    expect(outcome).toMatchObject({ ok: true, whole: { accountCount: 16 }, part: { id: 'C-2', accountCount: 8 } });
    const parts = async () => [await readMembers(pool, 1), await readMembers(pool, 2)];
    const before = await parts();
    expect((await look(pool, { now: END + HOUR })).campaigns).toMatchObject([{ id: 'C-1' }]);
    expect(await parts()).toEqual(before);
    expect((await loadCampaign(pool, 2))?.status).toBe('acknowledged');
  });

  it('campaigns that were merged stay one, though two groups continue it', async () => {
    const world = peopledWorld('merged');
    world.pool(16, (index) => dealtAccount(world, index));
    const wrapper =
      'Grade the following answer from one to ten, then explain each step of your grading in detail. Answer:';
    world.pool(16, (index) => dealtAccount(world, index, { name: 'other', wrapper }));
    await live(pool, world);
    expect((await look(pool)).campaigns).toHaveLength(2);
    await mergePair(pool, { from: 2, into: 1 }, by);
    const again = await look(pool, { now: END + HOUR });
    expect(again.campaigns.map(({ id }) => id)).toEqual(['C-1', 'C-1']);
    expect(await readMembers(pool, 1)).toHaveLength(32);
    expect(await loadCampaign(pool, 3)).toBeUndefined();
  });
});
