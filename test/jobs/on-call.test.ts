import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decideCall } from '../../src/campaigns/call-decision.ts';
import { STORM_RULE } from '../../src/campaigns/storm.ts';
import { loadCampaign } from '../../src/db/campaign.ts';
import { callOut } from '../../src/jobs/on-call.ts';
import { createUserGroups } from '../../src/slack/user-groups.ts';
import { createWebClient } from '../../src/slack/web-client.ts';
import { silentLog } from '../../src/log.ts';
import { campaignLike, NOW } from '../campaign-fixture.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { deliveryRoom } from './delivery-room.ts';

const MINUTE = 60_000;
const rota = {
  groups: ['abuse-oncall', 'S0APPROVERS'],
  answerWithinMs: { critical: 15 * MINUTE, high: 60 * MINUTE, medium: null, low: null },
  holdsMs: { critical: 240 * MINUTE, high: null, medium: null, low: null },
};

describe('decideCall', () => {
  const waiting = campaignLike({ alertedAt: NOW });
  const called = (level: number, calledAt: number) => ({ ...waiting, call: { since: NOW, level, calledAt } });
  const SNOOZE = {
    by: 'U0MARA',
    at: NOW,
    until: NOW + MINUTE,
    reason: 'x',
    severity: 'high',
    accountCount: 1,
  } as const;
  const taken = campaignLike({ alertedAt: NOW, status: 'acknowledged', acknowledgedBy: 'U0MARA', acknowledgedAt: NOW });

  it.each([
    ['the shift at once', waiting, 0, { reason: 'unanswered', level: 1, group: 'abuse-oncall' }],
    ['nobody before the limit', called(1, NOW), 15 * MINUTE - 1, 'not_due'],
    [
      'the next group at the limit',
      called(1, NOW),
      15 * MINUTE,
      { reason: 'unanswered', level: 2, group: 'S0APPROVERS' },
    ],
    ['the last group again', called(2, NOW), 15 * MINUTE, { reason: 'unanswered', level: 3, group: 'S0APPROVERS' }],
    ['and then more rarely', called(3, NOW), 15 * MINUTE, 'not_due'],
    ['at twice the limit', called(3, NOW), 30 * MINUTE, { reason: 'unanswered', level: 4, group: 'S0APPROVERS' }],
    [
      'never less than so often',
      called(90, NOW),
      32 * 15 * MINUTE,
      { reason: 'unanswered', level: 91, group: 'S0APPROVERS' },
    ],
    ['nobody without a limit', { ...waiting, severity: 'low' as const }, 1e12, 'no_limit'],
    ['nobody of what was not alerted', { ...waiting, alertedAt: null }, 1e12, 'not_alerted'],
    ['nobody of what is snoozed', { ...waiting, snooze: SNOOZE }, 0, 'snoozed'],
    ['nobody of what was decided', { ...waiting, status: 'confirmed' as const }, 1e12, 'decided'],
    ['nobody while an acknowledgement holds', taken, 240 * MINUTE - 1, 'not_due'],
    ['its holder when it runs out', taken, 240 * MINUTE, { reason: 'ran_out', level: 1, group: null }],
    [
      'the shift when they say nothing',
      { ...taken, call: { since: NOW, level: 1, calledAt: NOW } },
      15 * MINUTE,
      { reason: 'lapsed', level: 1, group: 'abuse-oncall' },
    ],
    ['nobody where it holds for ever', { ...taken, severity: 'high' as const }, 1e12, 'no_limit'],
  ])('calls %s', (_, campaign, after, expected) => {
    const decision = decideCall(campaign, NOW + after, rota);
    expect(decision).toEqual(
      typeof expected === 'string' ? { call: false, reason: expected } : { call: true, ...expected },
    );
  });

  it('calls nobody where no group is configured', () => {
    expect(decideCall(waiting, NOW + 1e12, { ...rota, groups: [] })).toEqual({ call: false, reason: 'no_limit' });
  });
});

describe('the job', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  async function room() {
    const all = await deliveryRoom(database.pool);
    const client = createWebClient({ botToken: all.sandbox.tokens.bot, apiUrl: all.sandbox.apiUrl, log: silentLog });
    const userGroups = createUserGroups({ client, now: all.clock.now });
    const work = all.worker({ userGroups, storm: STORM_RULE });
    const at = all.clock.now();
    const texts = () => all.sandbox.control.messages('abuse-alerts').map(({ text }) => text);
    return {
      ...all,
      at,
      work,
      texts,
      call: (now: number, quiet?: { hours: string; timezone: string }) =>
        callOut({ pool: database.pool, rota, quiet }, now),
    };
  }

  it('calls the shift, then the next group, in the thread and not in the channel, until somebody answers', async () => {
    const { alert, work, call, texts, at, clock, acknowledge, sandbox } = await room();
    await alert({ alertedAt: at });
    await work();
    expect(await call(at)).toBe(1);
    expect(await call(at)).toBe(0);
    expect(await call(at + 15 * MINUTE)).toBe(1);
    clock.advance(15 * MINUTE);
    await work();
    expect(texts()[1]).toMatch(/^<!subteam\^S0ONCALL> \*C-1 waits for somebody\*: critical, 1,184 accounts/);
    expect(texts()[2]).toMatch(/^<!subteam\^S0APPROVERS> \*C-1 still waits for somebody\*, since/);
    expect(sandbox.control.messages('abuse-alerts').every(({ subtype }) => subtype === undefined)).toBe(true);
    await acknowledge(1, 'U0MARA');
    expect(await call(at + 60 * MINUTE)).toBe(0);
  });

  it('reminds who has it, lets them renew, and else gives it back to the shift', async () => {
    const { alert, work, call, texts, at, acknowledge, clock } = await room();
    await alert({ alertedAt: at });
    await acknowledge(1, 'U0MARA');
    expect(await call(at + 239 * MINUTE)).toBe(0);
    await work();
    expect(await call(clock.now() + 241 * MINUTE)).toBe(1);
    clock.advance(241 * MINUTE);
    await work();
    expect(texts().at(-1)).toMatch(/^<@U0MARA>, you have had C-1 since .*are you still at it\?/);
    expect(texts()[0]).toContain('which has run out');
    await acknowledge(1, 'U0MARA');
    expect(await loadCampaign(database.pool, 1)).toMatchObject({ call: null, acknowledgedAt: clock.now() });
    const again = clock.now();
    expect(await call(again + 240 * MINUTE)).toBe(1);
    expect(await call(again + 254 * MINUTE)).toBe(0);
    expect(await call(again + 255 * MINUTE)).toBe(1);
    expect(await loadCampaign(database.pool, 1)).toMatchObject({
      status: 'suspected',
      acknowledgedBy: null,
      call: { level: 1 },
    });
    clock.advance(300 * MINUTE);
    await work();
    expect(texts().at(-1)).toMatch(
      /^<!subteam\^S0ONCALL> \*C-1 waits for somebody again\*: the acknowledgement of \*mara\* ran out/,
    );
  });

  it('calls once for all campaigns of a storm, and at night only for what is critical', async () => {
    const { alert, work, call, texts, at, clock } = await room();
    await database.pool.query('truncate storm cascade');
    for (let campaign = 0; campaign < 9; campaign += 1)
      await alert({ alertedAt: at, severity: campaign === 0 ? 'critical' : 'high' });
    await work();
    const night = { hours: '09:00-10:00', timezone: 'UTC' };
    expect(await call(at, night)).toBe(1);
    expect(await call(at)).toBe(8);
    clock.advance(10_000);
    await work();
    expect(texts().filter((text) => text.includes('<!subteam^S0ONCALL>'))).toEqual([
      expect.stringContaining('*1 campaign of the storm waits for somebody*'),
      expect.stringContaining('*8 campaigns of the storm wait for somebody*'),
    ]);
  });
});
