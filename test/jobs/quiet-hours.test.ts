import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CampaignDraft } from '../../src/db/campaign.ts';
import { loadCampaign } from '../../src/db/campaign.ts';
import { outboxFigures } from '../../src/db/outbox.ts';
import { quietUntil } from '../../src/jobs/quiet-hours.ts';
import { DRAFT } from '../campaign-fixture.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { deliveryRoom } from './delivery-room.ts';

const at = (text: string) => Date.parse(text);

describe('quietUntil', () => {
  const night = { hours: '22:00-07:00', timezone: 'Europe/Berlin' };
  it.each([
    ['2026-04-30T19:59:59Z', null],
    ['2026-04-30T20:00:00Z', '2026-05-01T05:00:00Z'],
    ['2026-05-01T04:59:59Z', '2026-05-01T05:00:00Z'],
    ['2026-05-01T05:00:00Z', null],
    // The night in which the clocks go forward is an hour shorter, the one in which they go back an hour longer.
    ['2026-03-28T21:00:00Z', '2026-03-29T05:00:00Z'],
    ['2026-10-24T20:00:00Z', '2026-10-25T06:00:00Z'],
  ])('at %s: %s', (now, until) => {
    expect(quietUntil(at(now), night)).toBe(until === null ? null : at(until));
  });

  it('knows hours within one day', () => {
    const noon = { hours: '12:00-13:00', timezone: 'UTC' };
    expect(quietUntil(at('2026-04-30T12:30:00Z'), noon)).toBe(at('2026-04-30T13:00:00Z'));
    expect(quietUntil(at('2026-04-30T11:30:00Z'), noon)).toBeNull();
  });
});

describe('in quiet hours', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  // The room's clock stands at 09:12 UTC.
  const quiet = { hours: '09:00-10:00', timezone: 'UTC' };
  const high: Partial<CampaignDraft> = { severity: 'high', alerted: { ...DRAFT.alerted, severity: 'high' } as never };

  it('only what is critical is posted; the rest comes at their end', async () => {
    const { sandbox, worker, alert, clock } = await deliveryRoom(database.pool);
    const work = worker({ quiet });
    await alert(high);
    await alert();
    expect(await work()).toMatchObject({ sent: 1, retry: 1 });
    expect(sandbox.control.messages('abuse-alerts').map(({ text }) => text.slice(0, 3))).toEqual(['C-2']);
    // On purpose, so nobody is told that posts are late.
    expect(await outboxFigures(database.pool)).toMatchObject({ counts: { pending: 1 }, oldestWaitingAt: null });
    clock.advance(47 * 60_000);
    expect(await work()).toMatchObject({ sent: 0 });
    clock.advance(60_000);
    expect(await work()).toMatchObject({ sent: 1 });
    expect((await loadCampaign(database.pool, 1))?.post).not.toBeNull();
  });

  it('a campaign that somebody takes is posted, for they are awake', async () => {
    const { sandbox, worker, alert, acknowledge } = await deliveryRoom(database.pool);
    const work = worker({ quiet });
    await alert(high);
    await work();
    await acknowledge(1, 'U0MARA');
    expect(await work()).toMatchObject({ sent: 2 });
    expect(sandbox.control.messages('abuse-alerts')).toHaveLength(2);
  });
});
