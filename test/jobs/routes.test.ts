import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadCampaign } from '../../src/db/campaign.ts';
import { createCampaignStore } from '../../src/db/campaign-store.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { deliveryRoom } from './delivery-room.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const alertRoutes = { critical: 'general', high: null, medium: null, low: null };

it('posts a campaign where its severity belongs, and tells that channel of one that rises', async () => {
  const { sandbox, worker, alert, settle, clock } = await deliveryRoom(database.pool);
  const work = worker({ alertRoutes });
  await alert();
  await alert({ severity: 'high' });
  await settle(work);
  const texts = (channel: string) => sandbox.control.messages(channel).map(({ text }) => text);
  expect(texts('general')).toEqual([expect.stringMatching(/^C-1/)]);
  expect(texts('abuse-alerts')).toEqual([expect.stringMatching(/^C-2/)]);

  const before = { severity: 'high', accountCount: 90, families: ['content'] } as const;
  const after = { severity: 'critical', accountCount: 300, families: ['content'] } as const;
  await createCampaignStore(database.pool).transition(2, { actor: 'retort', now: clock.now() }, (campaign) => ({
    ok: true,
    campaign: { ...campaign, severity: 'critical' },
    effects: [
      {
        type: 'reply',
        reply: {
          type: 'alert',
          reason: 'escalated',
          at: clock.now(),
          before: { ...before, families: [...before.families] },
          after: { ...after, families: [...after.families] },
        },
      },
    ],
  }));
  await settle(work);
  expect(texts('abuse-alerts')).toHaveLength(2);
  expect(texts('general')[1]).toMatch(/^\*C-2 rose to critical\* from high .*in <#C0ALERTS>/);
  expect((await loadCampaign(database.pool, 2))?.post?.channel).toBe('C0ALERTS');
});
