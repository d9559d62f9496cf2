import { describe, expect, it } from 'vitest';
import { changesSince, Seen, seenOf } from '../../src/campaigns/seen.ts';
import { campaignLike } from '../campaign-fixture.ts';

const SNOOZE = { by: 'U0MARA', at: 1, until: 2, reason: 'x', severity: 'high', accountCount: 9 } as const;
const before = campaignLike({ accountCount: 100, severity: 'high' });
const since = (change: Parameters<typeof campaignLike>[0], seen = before) =>
  changesSince(seenOf(seen), campaignLike({ accountCount: 100, severity: 'high', ...change }));

describe('changesSince', () => {
  it('finds none in a campaign that is as it was, or a few accounts larger or smaller', () => {
    for (const accountCount of [100, 109, 40]) expect(since({ accountCount })).toEqual([]);
  });

  it('tells a tenth more accounts, also of few and of none', () => {
    expect(since({ accountCount: 110 })).toEqual([{ what: 'accounts', from: 100, to: 110 }]);
    const none = campaignLike({ accountCount: 0, severity: 'high' });
    expect(since({ accountCount: 0 }, none)).toEqual([]);
    expect(since({ accountCount: 1 }, none)).toEqual([{ what: 'accounts', from: 0, to: 1 }]);
  });

  it('tells who changed its state, and another severity', () => {
    const decided = { by: 'U0RAVI', at: 1, reason: 'x' };
    expect(since({ status: 'confirmed', decided, acknowledgedBy: 'U0MARA', severity: 'critical' })).toEqual([
      { what: 'status', from: 'suspected', to: 'confirmed', by: 'U0RAVI' },
      { what: 'severity', from: 'high', to: 'critical' },
    ]);
    expect(since({ status: 'acknowledged', acknowledgedBy: 'U0MARA' })).toMatchObject([{ by: 'U0MARA' }]);
  });

  it('tells that it was put to sleep, or woke', () => {
    expect(since({ snooze: SNOOZE })).toEqual([{ what: 'snoozed' }]);
    const asleep = campaignLike({ accountCount: 100, severity: 'high', snooze: SNOOZE });
    expect(since({}, asleep)).toEqual([{ what: 'woke' }]);
    expect(since({ snooze: SNOOZE }, asleep)).toEqual([]);
  });
});

it('what was seen comes back from a form, for a campaign’s id alone', () => {
  const seen = seenOf(before);
  expect(seen).toEqual({ id: 'C-12', status: 'suspected', severity: 'high', accounts: 100, snoozed: false });
  expect(Seen.parse(JSON.parse(JSON.stringify(seen)))).toEqual(seen);
  for (const id of ['C-0', 'C-', 'C-1234567890', 'xC-1', 'C-1x', '12']) {
    expect(Seen.safeParse({ ...seen, id }).success).toBe(false);
  }
});
