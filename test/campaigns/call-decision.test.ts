import { describe, expect, it } from 'vitest';
import { decideCall } from '../../src/campaigns/call-decision.ts';
import { campaignLike, NOW } from '../campaign-fixture.ts';
import { ROTA } from './rota.ts';

const HOUR = 3_600_000;
const alerted = { alertedAt: NOW - HOUR };
const held = { ...alerted, status: 'acknowledged', acknowledgedAt: NOW - 4 * HOUR } as const;
const decide = (change: Parameters<typeof campaignLike>[0], now = NOW, rota = ROTA) =>
  decideCall(campaignLike(change), now, rota);
const called = (level: number, ago: number) => ({ since: NOW - 100 * HOUR, level, calledAt: NOW - ago });
const SNOOZE = { by: 'U0MARA', at: 1, until: NOW + 1, reason: 'x', severity: 'high', accountCount: 9 } as const;

describe('nobody is called', () => {
  it.each([
    ['not_alerted', { alertedAt: null }],
    ['snoozed', { ...alerted, snooze: SNOOZE }],
    ['decided', { ...alerted, status: 'confirmed' }],
    ['decided', { ...alerted, status: 'dismissed' }],
    ['no_limit', { ...alerted, severity: 'low' }],
    ['no_limit', { ...held, severity: 'low' }],
    ['no_limit', { ...held, acknowledgedAt: null }],
    ['not_due', { ...held, acknowledgedAt: NOW - 4 * HOUR + 1 }],
  ] as const)('%s: %j', (reason, change) => {
    expect(decide(change)).toEqual({ call: false, reason });
  });

  it('no_limit: there is no group', () => {
    expect(decide(alerted, NOW, { ...ROTA, groups: [] })).toEqual({ call: false, reason: 'no_limit' });
  });
});

describe('what nobody answered', () => {
  it('goes to the shift at once, also when a snooze has just ended', () => {
    const first = { call: true, reason: 'unanswered', level: 1, group: 'S0FIRST' };
    expect(decide({ alertedAt: NOW })).toEqual(first);
    expect(decide({ ...alerted, snooze: { ...SNOOZE, until: NOW } })).toEqual(first);
    expect(decide({ ...alerted, call: { since: NOW, level: 0, calledAt: null } })).toEqual(first);
    expect(decide({ ...alerted, call: { since: NOW + 1, level: 0, calledAt: null } })).toMatchObject({ call: false });
  });

  it('goes to the next group when the limit has passed, and stays with the last', () => {
    expect(decide({ ...alerted, call: called(1, HOUR) })).toMatchObject({ level: 2, group: 'S0SECOND' });
    expect(decide({ ...alerted, call: called(1, HOUR - 1) })).toEqual({ call: false, reason: 'not_due' });
    expect(decide({ ...alerted, call: called(2, HOUR) })).toMatchObject({ level: 3, group: 'S0SECOND' });
  });

  it.each([
    [3, 2],
    [4, 4],
    [7, 32],
    [8, 32],
    [50, 32],
  ])('after %i calls the last group is called again %i limits later', (level, limits) => {
    expect(decide({ ...alerted, call: called(level, limits * HOUR) })).toMatchObject({ call: true, level: level + 1 });
    expect(decide({ ...alerted, call: called(level, limits * HOUR - 1) })).toMatchObject({ reason: 'not_due' });
  });

  it('counts from the wait where nobody noted when it called', () => {
    const call = { since: NOW - HOUR, level: 1, calledAt: null };
    expect(decide({ ...alerted, call })).toMatchObject({ call: true, level: 2 });
    expect(decide({ ...alerted, call: { ...call, since: NOW - HOUR + 1 } })).toMatchObject({ reason: 'not_due' });
  });
});

describe('what somebody holds', () => {
  it('is theirs to renew when it runs out, from the last wait on', () => {
    const ranOut = { call: true, reason: 'ran_out', level: 1, group: null };
    expect(decide(held)).toEqual(ranOut);
    const woken = { since: NOW - 4 * HOUR, level: 0, calledAt: null };
    expect(decide({ ...held, acknowledgedAt: 1, call: woken })).toEqual(ranOut);
    expect(decide({ ...held, call: { ...woken, since: woken.since + 1 } })).toMatchObject({ reason: 'not_due' });
  });

  it('goes back to the shift when they do not answer within the limit', () => {
    expect(decide({ ...held, call: called(1, HOUR) })).toEqual({
      call: true,
      reason: 'lapsed',
      level: 1,
      group: 'S0FIRST',
    });
    expect(decide({ ...held, call: called(1, HOUR - 1) })).toEqual({ call: false, reason: 'not_due' });
    expect(decide({ ...held, call: called(1, HOUR) }, NOW, { ...ROTA, groups: [] })).toMatchObject({ group: null });
    const untold = { since: NOW - HOUR, level: 1, calledAt: null };
    expect(decide({ ...held, call: untold })).toMatchObject({ reason: 'lapsed' });
  });

  it('may be held as long again where answers have no limit', () => {
    const rota = { ...ROTA, answerWithinMs: { ...ROTA.answerWithinMs, critical: null } };
    expect(decide({ ...held, call: called(1, 4 * HOUR) }, NOW, rota)).toMatchObject({ reason: 'lapsed' });
    expect(decide({ ...held, call: called(1, 4 * HOUR - 1) }, NOW, rota)).toMatchObject({ reason: 'not_due' });
  });
});
