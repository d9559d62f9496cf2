import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCampaign } from '../../src/db/campaign.ts';
import { tooFast } from '../../src/slack/blocks/refusal.ts';
import { type Bucket, createRateLimiter, takeToken } from '../../src/slack/rate-limit.ts';
import { NOW } from '../campaign-fixture.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { type Mode, slackRoom } from './slack-room.ts';

const RATE = { burst: 3, everyMs: 2_000 };

describe('takeToken', () => {
  /** Asks at each of these times, and says when it was let in. */
  function letIn(times: readonly number[]): number[] {
    let bucket: Bucket | undefined;
    return times.filter((now) => {
      const taken = takeToken(bucket, now, RATE);
      bucket = taken.bucket;
      return taken.verdict.ok;
    });
  }

  it('lets in a burst, then one each time that a token has come back', () => {
    expect(letIn([0, 0, 0, 0, 1_999, 2_000, 2_001, 4_000])).toEqual([0, 0, 0, 2_000, 4_000]);
  });

  it('says how long to wait, and holds that word', () => {
    const empty = { tokens: 0.25, at: NOW };
    const { bucket, verdict } = takeToken(empty, NOW, RATE);
    expect(verdict).toEqual({ ok: false, waitMs: 1_500 });
    expect(takeToken(bucket, NOW + 1_499, RATE).verdict.ok).toBe(false);
    expect(takeToken(bucket, NOW + 1_500, RATE).verdict.ok).toBe(true);
  });

  it('never lets in more than the burst and what came back, in whatever order the clock goes', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 60_000 }), { maxLength: 60 }), (times) => {
        const span = Math.max(0, ...times) - (times[0] ?? 0);
        expect(letIn(times).length).toBeLessThanOrEqual(RATE.burst + span / RATE.everyMs);
      }),
    );
  });
});

describe('the limiter', () => {
  it('keeps people apart, and forgets who has a full bucket again', () => {
    let now = NOW;
    const limiter = createRateLimiter({ now: () => now, rate: RATE });
    for (let asked = 0; asked < 4; asked += 1) limiter.take('U1');
    expect(limiter.take('U1').ok).toBe(false);
    expect(limiter.take('U2').ok).toBe(true);
    now += RATE.burst * RATE.everyMs;
    expect([1, 2, 3, 4].map(() => limiter.take('U1').ok)).toEqual([true, true, true, false]);
  });

  it('remembers no more people than it was told to, those who asked last', () => {
    const limiter = createRateLimiter({ now: () => NOW, rate: { burst: 1, everyMs: 2_000 }, most: 2 });
    for (const user of ['U1', 'U2', 'U3']) expect(limiter.take(user).ok).toBe(true);
    expect(limiter.take('U3').ok).toBe(false);
    expect(limiter.take('U2').ok).toBe(false);
    // Forgotten, so it begins anew.
    expect(limiter.take('U1').ok).toBe(true);
  });
});

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const auditRows = async () => (await database.pool.query('select from audit_entry')).rowCount;

describe.each<Mode>(['http', 'socket'])('over %s', (mode) => {
  async function room() {
    const refused: string[] = [];
    const warned: unknown[] = [];
    const log = { debug() {}, info() {}, warn: (fields: unknown) => void warned.push(fields), error() {} };
    const all = await slackRoom(database.pool, mode, { rate: RATE, log, onRefused: (kind) => refused.push(kind) });
    await all.alert();
    await all.settle(all.worker());
    const ts = all.sandbox.control.messages('abuse-alerts')[0]?.ts ?? '';
    return { ...all, ts, refused, warned };
  }

  it('answers one person’s commands until it is too fast, says so to them alone, and goes on after a while', async () => {
    const { say, sandbox, clock, refused, warned } = await room();
    for (let asked = 0; asked < RATE.burst; asked += 1) await say('U0MARA', '/campaign status');
    const before = await auditRows();
    const told = 'That was too fast, so nothing was done: one person may ask 3 times in a row, then once every 2 s.';
    for (let asked = 0; asked < 5; asked += 1) expect(await say('U0MARA', '/campaign ack C-1')).toContain(told);
    expect((await loadCampaign(database.pool, 1))?.status).toBe('suspected');
    expect(await auditRows()).toBe(before);
    expect(refused).toEqual(['command', 'command', 'command', 'command', 'command']);
    expect(warned).toEqual([{ user: 'U0MARA', kind: 'command', refused: 1 }]);
    expect(await say('U0JONAS', '/campaign status')).toContain('Campaigns');
    clock.advance(RATE.everyMs);
    expect(await say('U0MARA', '/campaign ack C-1')).toContain('You have C-1');
    expect(sandbox.control.messages('abuse-alerts').map(({ text }) => text)).not.toContainEqual(
      expect.stringContaining('too fast'),
    );
    // Among them that nothing was answered later than Slack waits.
    expect(sandbox.control.complaints()).toEqual([]);
  });

  it('counts buttons with commands, and leaves a form as it was filled in', async () => {
    const { say, press, open, submit, ts, clock, refused, sandbox } = await room();
    const entry = { text: { type: 'plain_text', text: 'entry' }, value: 'dismiss.ask|C-1' };
    await open('U0MARA', { ts, action: { action_id: 'overflow', selected_option: entry } });
    await say('U0MARA', '/campaign status');
    await say('U0MARA', '/campaign status');
    expect(await press('U0MARA', ts, { action_id: 'ack.press', value: 'C-1' })).toContain('That was too fast');
    const fields = { cause: 'course', reason: 'forty students' };
    expect(await submit('U0MARA', fields)).toEqual({ errors: { cause: expect.stringContaining('too fast') } });
    expect((await loadCampaign(database.pool, 1))?.status).toBe('suspected');
    expect(refused).toEqual(['press', 'submit']);
    clock.advance(RATE.everyMs);
    expect(await submit('U0MARA', fields)).toMatchObject({ words: expect.stringContaining('C-1') });
    expect((await loadCampaign(database.pool, 1))?.status).toBe('dismissed');
    expect(sandbox.control.complaints()).toEqual([]);
  });

  it('says it on the Home tab, too', async () => {
    const { say, sandbox, refused } = await room();
    for (let asked = 0; asked < RATE.burst; asked += 1) await say('U0MARA', '/campaign status');
    sandbox.openHome('U0MARA');
    const home = await sandbox.control.until(() => sandbox.control.home('U0MARA'));
    expect(JSON.stringify(home.blocks)).toContain('That was too fast');
    expect(refused).toEqual(['home']);
  });
});

it('says how often one may ask as it is: by the second, or by seconds', () => {
  expect(JSON.stringify(tooFast(500, { burst: 120, everyMs: 500 }))).toContain(
    '120 times in a row, then 2 times a second',
  );
  expect(JSON.stringify(tooFast(500, { burst: 3, everyMs: 2_000 }))).toContain('3 times in a row, then once every 2 s');
});
