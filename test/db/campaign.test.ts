import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { acknowledgeCampaign } from '../../src/campaigns/lifecycle.ts';
import {
  CampaignMoved,
  createCampaign,
  listCampaigns,
  loadCampaign,
  recordPost,
  updateCampaign,
} from '../../src/db/campaign.ts';
import { createCampaignStore } from '../../src/db/campaign-store.ts';
import { DRAFT, NOW } from '../campaign-fixture.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(() => database.pool.query('truncate outbox, campaign_account, campaign restart identity cascade'));

describe('campaign', () => {
  it('comes back as it was written', async () => {
    const created = await createCampaign(database.pool, DRAFT, NOW);
    expect(created).toMatchObject({ ...DRAFT, id: 'C-1', status: 'suspected', createdAt: NOW, version: 1, post: null });
    expect(await loadCampaign(database.pool, 1)).toEqual(created);
    expect(await loadCampaign(database.pool, 2)).toBeUndefined();
  });

  it('refuses to overwrite a change made since it was read', async () => {
    const read = await createCampaign(database.pool, DRAFT, NOW);
    const grown = await updateCampaign(database.pool, { ...read, accountCount: 2_000 }, NOW + 1);
    expect(grown).toMatchObject({ accountCount: 2_000, version: 2, updatedAt: NOW + 1 });
    await expect(updateCampaign(database.pool, { ...read, accountCount: 1 }, NOW + 2)).rejects.toThrow(CampaignMoved);
    expect((await loadCampaign(database.pool, 1))?.accountCount).toBe(2_000);
  });

  it('keeps the post when the detection writes what it read before the post existed', async () => {
    const read = await createCampaign(database.pool, DRAFT, NOW);
    await recordPost(database.pool, 1, { channel: 'C1', ts: '1.2' });
    const written = await updateCampaign(database.pool, read, NOW);
    expect(written.post).toEqual({ channel: 'C1', ts: '1.2' });
  });

  it('lists by filter, worst and newest first, with the total', async () => {
    for (const severity of ['low', 'critical', 'high', 'critical'] as const) {
      await createCampaign(database.pool, { ...DRAFT, severity }, NOW);
    }
    const page = await listCampaigns(database.pool, { limit: 2, offset: 0 });
    expect(page.campaigns.map((campaign) => campaign.id)).toEqual(['C-4', 'C-2']);
    expect(page.total).toBe(4);
    const high = await listCampaigns(database.pool, {
      severities: ['high'],
      statuses: ['suspected'],
      limit: 9,
      offset: 0,
    });
    expect(high).toMatchObject({ total: 1, campaigns: [{ id: 'C-3' }] });
    expect(await listCampaigns(database.pool, { kinds: ['resale'], limit: 9, offset: 0 })).toEqual({
      campaigns: [],
      total: 0,
    });
  });
});

describe('transition', () => {
  const acknowledge = (actor: string) =>
    createCampaignStore(database.pool).transition(1, { actor, now: NOW }, (campaign) =>
      acknowledgeCampaign(campaign, { actor, now: NOW }),
    );

  it('writes campaign, audit entry, root and reply together', async () => {
    await createCampaign(database.pool, DRAFT, NOW);
    expect(await acknowledge('U1')).toMatchObject({
      ok: true,
      campaign: { status: 'acknowledged', acknowledgedBy: 'U1' },
    });
    const { rows } = await database.pool.query('select kind, dedup_key from outbox order by outbox_id');
    expect(rows).toEqual([
      { kind: 'campaign_root', dedup_key: 'root:C-1:2' },
      { kind: 'campaign_reply', dedup_key: 'reply:C-1:2:1' },
    ]);
    const audit = await database.pool.query('select actor, action, subject from audit_entry order by seq desc limit 1');
    expect(audit.rows).toEqual([{ actor: 'U1', action: 'campaign.acknowledge', subject: 'C-1' }]);
  });

  it('lets one of two at once win and tells the other by whom', async () => {
    await createCampaign(database.pool, DRAFT, NOW);
    const outcomes = await Promise.all(['U1', 'U2', 'U3'].map(acknowledge));
    const winner = outcomes.filter((outcome) => outcome.ok);
    expect(winner).toHaveLength(1);
    const by = (await loadCampaign(database.pool, 1))?.acknowledgedBy;
    for (const outcome of outcomes.filter((outcome) => !outcome.ok)) {
      expect(outcome).toMatchObject({ reason: 'already_acknowledged', by });
    }
  });

  it('queues nothing for a campaign that was never alerted', async () => {
    await createCampaign(database.pool, { ...DRAFT, alertedAt: null, alerted: null }, NOW);
    expect((await acknowledge('U1')).ok).toBe(true);
    expect((await database.pool.query('select 1 from outbox')).rowCount).toBe(0);
  });

  it('leaves nothing behind when a part of it fails', async () => {
    await createCampaign(database.pool, DRAFT, NOW);
    const store = createCampaignStore(database.pool);
    const broken = store.transition(1, { actor: 'U1', now: NOW }, (campaign) => ({
      ok: true,
      campaign: { ...campaign, status: 'acknowledged' },
      effects: [{ type: 'audit', action: 'campaign.acknowledge', reason: 'taken', detail: { n: Number.NaN, big: 1n } }],
    }));
    await expect(broken).rejects.toThrow(/BigInt/);
    expect((await loadCampaign(database.pool, 1))?.status).toBe('suspected');
    expect((await database.pool.query('select 1 from outbox')).rowCount).toBe(0);
  });

  it('says so when there is no such campaign', async () => {
    expect(await acknowledge('U1')).toEqual({ ok: false, reason: 'not_found' });
  });
});
