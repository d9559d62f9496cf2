import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Digest } from '../../src/campaigns/digest.ts';
import { loadCampaign, updateCampaign } from '../../src/db/campaign.ts';
import { assignCampaign } from '../../src/campaigns/lifecycle/assign.ts';
import { snoozeCampaign } from '../../src/campaigns/lifecycle/snooze.ts';
import { readDigest } from '../../src/db/digest-figures.ts';
import { dismissCampaign } from '../../src/campaigns/lifecycle.ts';
import { createCampaignStore } from '../../src/db/campaign-store.ts';
import { recordGaps, settleGaps } from '../../src/db/detection-gap.ts';
import { advanceWatermark } from '../../src/db/watermark.ts';
import { queueDigest } from '../../src/jobs/digest.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { deliveryRoom } from './delivery-room.ts';

const HOUR = 3_600_000;
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.pool.query('truncate watermark, quarantine, detection_gap');
  // Each test counts what people decided in it.
  await database.pool.query('alter table audit_entry disable trigger user');
  await database.pool.query('truncate audit_entry');
  await database.pool.query('alter table audit_entry enable trigger user');
});

async function queued(): Promise<Digest> {
  const { rows } = await database.pool.query<{ payload: unknown }>(`select payload from outbox where kind = 'digest'`);
  return Digest.parse(rows[0]?.payload);
}

/** Twenty hours before the next slot of 09:00 UTC, on a clock that the caller moves to it. */
async function dayBefore() {
  const room = await deliveryRoom(database.pool);
  const slot = Math.ceil(room.clock.now() / (24 * HOUR)) * 24 * HOUR + 9 * HOUR;
  room.clock.advance(slot - 20 * HOUR - room.clock.now());
  const queue = () => queueDigest({ pool: database.pool, now: room.clock.now(), time: '09:00', timezone: 'UTC' });
  return { ...room, queue, toSlot: () => room.clock.advance(slot - room.clock.now()) };
}

describe('digest', () => {
  it('tells what is new, what grew, who decided, and what waits since when', async () => {
    const { alert, acknowledge, clock, queue, toSlot } = await dayBefore();
    await alert({ alertedAt: clock.now() - 20 * HOUR });
    await database.pool.query(
      `insert into campaign_account (campaign_id, account_key, strength, standing, detections, joined_at)
       select 1, n, 1, 'member', '{}', $1::timestamptz + case when n <= 410 then interval '-2 days' else interval '1 hour' end
       from generate_series(1, 655) n`,
      [new Date(clock.now())],
    );
    clock.advance(HOUR);
    await alert({ severity: 'high', alertedAt: clock.now() });
    await alert({ severity: 'medium', kind: 'resale', alertedAt: clock.now() });
    clock.advance(HOUR / 10);
    await acknowledge(2, 'U0MARA');
    toSlot();
    await advanceWatermark(database.pool, 'events', clock.now() - 120_000);
    expect(await queue()).toMatchObject({ queued: true });
    const digest = await queued();
    expect(digest).toMatchObject({
      fresh: [
        { id: 'C-2', status: 'acknowledged', waitingSince: null },
        { id: 'C-3', kind: 'resale', status: 'suspected' },
      ],
      grown: [{ id: 'C-1', before: 410, accountCount: 655 }],
      decided: [{ id: 'C-2', action: 'campaign.acknowledge', actor: 'U0MARA' }],
      waiting: [{ id: 'C-1' }, { id: 'C-3' }],
      day: { alerts: 2, toAcknowledgeMs: 6 * 60_000, dismissed: 0, quarantined: 0 },
      dayBefore: { alerts: 1, toAcknowledgeMs: null },
      audit: { entries: 1 },
    });
  });

  it('tells where the detections of what was dismissed stand, and which windows were missed', async () => {
    const { alert, clock, queue, toSlot } = await dayBefore();
    await alert({ detections: ['no-night', 'shared-client'] });
    await alert({ detections: ['no-night'], status: 'confirmed' });
    await alert({ detections: ['shared-payment'], status: 'dismissed' });
    const now = clock.now();
    await createCampaignStore(database.pool).transition(1, { actor: 'U0MARA', now }, (campaign) =>
      dismissCampaign(campaign, { actor: 'U0MARA', now, why: 'a course' }),
    );
    const gap = { detection: 'no-night', reason: 'timed_out', error: 'too long' } as const;
    await recordGaps(
      database.pool,
      [
        { ...gap, windowEnd: now - HOUR },
        { ...gap, windowEnd: now },
      ],
      now,
    );
    await settleGaps(database.pool, [{ detection: 'no-night', windowEnd: now, error: null }], now);
    toSlot();
    await queue();
    expect(await queued()).toMatchObject({
      decided: [{ id: 'C-1', action: 'campaign.dismiss' }],
      day: { dismissed: 1 },
      precision: [
        { detection: 'no-night', confirmed: 1, judged: 2 },
        { detection: 'shared-client', confirmed: 0, judged: 1 },
      ],
      gaps: [
        { detection: 'no-night', reason: 'timed_out', windows: 2, open: 1, givenUp: 0, from: now - HOUR, to: now },
      ],
    });
  });

  it('hands over what people have and what wakes, and tells why they decided', async () => {
    const { alert, clock, queue, toSlot } = await dayBefore();
    for (const _ of [1, 2, 3]) await alert();
    const store = createCampaignStore(database.pool);
    const by = { actor: 'U0MARA', now: clock.now() };
    await store.transition(1, by, (campaign) => assignCampaign(campaign, { ...by, to: 'U0MARA' }));
    await store.transition(2, by, (campaign) =>
      snoozeCampaign(campaign, { ...by, until: by.now + 30 * HOUR, why: 'billing looks' }),
    );
    await store.transition(3, by, (campaign) =>
      snoozeCampaign(campaign, { ...by, until: by.now + 90 * HOUR, why: 'later' }),
    );
    toSlot();
    await queue();
    expect(await queued()).toMatchObject({
      held: [{ id: 'C-1', holder: 'U0MARA' }],
      snoozesEnding: [{ id: 'C-2', by: 'U0MARA', reason: 'billing looks' }],
      decided: [
        { id: 'C-2', action: 'campaign.snooze', why: 'billing looks' },
        { id: 'C-3', action: 'campaign.snooze', why: 'later' },
      ],
    });
    expect((await queued()).series).toHaveLength(14);
    expect((await queued()).series.reduce((sum, { alerts }) => sum + alerts, 0)).toBe(3);
  });

  it('looks back over the months on the first of one, where that is in its time zone', async () => {
    const { alert } = await dayBefore();
    await alert({ alertedAt: Date.parse('2026-04-30T23:30:00Z'), acknowledgedAt: Date.parse('2026-04-30T23:40:00Z') });
    await alert({ alertedAt: Date.parse('2026-03-02T00:00:00Z'), status: 'dismissed' });
    const read = (to: string, timezone: string) => readDigest(database.pool, { from: 0, to: Date.parse(to), timezone });
    expect((await read('2026-05-02T09:00:00Z', 'UTC')).months).toEqual([]);
    const { months } = await read('2026-05-01T09:00:00Z', 'UTC');
    expect(months.map(({ month, campaigns }) => `${month} ${campaigns}`)).toEqual([
      '2026-04 1',
      '2026-03 1',
      '2026-02 0',
      '2026-01 0',
      '2025-12 0',
      '2025-11 0',
      '2025-10 0',
    ]);
    expect(months[0]).toMatchObject({ toAcknowledgeMs: 600_000, toContainMs: null });
    expect(months[1]).toMatchObject({ dismissed: 1 });
    // In Berlin it was the first of May already.
    expect((await read('2026-05-01T07:00:00Z', 'Europe/Berlin')).months[0]?.campaigns).toBe(0);
  });

  it('is queued once for its slot, and posted once', async () => {
    const { queue, toSlot, settle, worker, sandbox, clock } = await dayBefore();
    toSlot();
    const runs = await Promise.all([queue(), queue(), queue()]);
    expect(runs.filter((run) => run.queued)).toHaveLength(1);
    clock.advance(HOUR);
    expect(await queue()).toMatchObject({ queued: false, reason: 'already_queued' });
    await settle(worker());
    expect(sandbox.control.messages('abuse-alerts').map((message) => message.text)).toEqual([
      expect.stringContaining('digest* · quiet'),
    ]);
  });

  it('names people, and whom waits are for, when it is posted', async () => {
    const { alert, acknowledge, queue, toSlot, settle, worker, sandbox } = await dayBefore();
    await alert();
    await alert();
    await acknowledge(1, 'U0MARA');
    toSlot();
    await queue();
    await settle(worker({ respondersGroup: 'abuse-oncall' }));
    const text = sandbox.control.messages('abuse-alerts').find((message) => message.text.includes('digest'))?.text;
    expect(text).toContain('acknowledged by mara');
    expect(text).toContain('waiting for @abuse-oncall since');
    expect(text).not.toContain('<@');
  });

  it('is left out when it would be yesterday’s news', async () => {
    const { queue, toSlot, clock } = await dayBefore();
    toSlot();
    clock.advance(6 * HOUR + 1);
    expect(await queue()).toMatchObject({ queued: false, reason: 'too_late' });
  });

  it('does not tell of what was merged or dismissed as growing', async () => {
    const { alert, clock, queue, toSlot } = await dayBefore();
    await alert({ alertedAt: clock.now() - 20 * HOUR });
    await database.pool.query(
      `insert into campaign_account (campaign_id, account_key, strength, standing, detections, joined_at)
       select 1, n, 1, 'member', '{}', $1::timestamptz from generate_series(1, 50) n`,
      [new Date(clock.now())],
    );
    const campaign = await loadCampaign(database.pool, 1);
    if (campaign === undefined) throw new Error('no campaign');
    await updateCampaign(database.pool, { ...campaign, status: 'dismissed' }, clock.now());
    toSlot();
    await queue();
    expect(await queued()).toMatchObject({ grown: [], waiting: [], fresh: [] });
  });
});
