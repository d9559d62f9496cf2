import { describe, expect, it } from 'vitest';
import { type Ailment, compareAilments, findAilments, type SelfFigures } from '../../src/campaigns/ailment.ts';

const NOW = Date.parse('2026-03-10T12:00:00Z');
const MINUTE = 60_000;
const WELL: SelfFigures = {
  now: NOW,
  eventsUntil: NOW - 20 * MINUTE,
  detectedAt: NOW - 50 * MINUTE,
  gaps: [],
  oldestWaitingAt: NOW - 5 * MINUTE,
  oldestEscalationAt: NOW - 2 * MINUTE,
  retainedAt: NOW - 60 * MINUTE,
  diskShortSince: null,
};
const gap = (detection: string, rest: Partial<SelfFigures['gaps'][number]> = {}) => ({
  detection,
  reason: 'failed' as const,
  windows: 1,
  open: 1,
  givenUp: 0,
  from: NOW - 30 * MINUTE,
  to: NOW,
  ...rest,
});
const found = (change: Partial<SelfFigures>) => findAilments({ ...WELL, ...change });

describe('findAilments', () => {
  it('finds none where all is well, and none before there is anything', () => {
    expect(findAilments(WELL)).toEqual([]);
    expect(
      found({ eventsUntil: null, detectedAt: null, oldestWaitingAt: null, oldestEscalationAt: null, retainedAt: null }),
    ).toEqual([]);
  });

  it('finds each at its limit, and says since when', () => {
    const [stale, stopped, late, uncalled] = [120 * MINUTE, 150 * MINUTE, 15 * MINUTE, 5 * MINUTE];
    const overdue = 25 * 60 * MINUTE;
    const at = (beyond: number) => ({
      eventsUntil: NOW - stale - beyond,
      detectedAt: NOW - stopped - beyond,
      oldestWaitingAt: NOW - late - beyond,
      oldestEscalationAt: NOW - uncalled - beyond,
      retainedAt: NOW - overdue - beyond,
    });
    expect(found(at(0))).toEqual([]);
    const since = at(1);
    expect(found(since)).toEqual([
      { ailment: 'stale_data', since: since.eventsUntil, detections: [] },
      { ailment: 'failing_detections', since: since.detectedAt, detections: [] },
      { ailment: 'late_posts', since: since.oldestWaitingAt, detections: [] },
      { ailment: 'late_escalations', since: since.oldestEscalationAt, detections: [] },
      { ailment: 'overdue_retention', since: since.retainedAt, detections: [] },
    ]);
  });

  it('names the detections that have something to catch up, whether they failed or ran out of time', () => {
    const gaps = [
      gap('no-night', { from: NOW - 90 * MINUTE }),
      gap('even-days', { reason: 'timed_out' }),
      gap('no-night', { reason: 'timed_out' }),
      gap('caught-up', { open: 0 }),
      gap('late', { reason: 'late' }),
    ];
    expect(found({ gaps })).toEqual([
      { ailment: 'failing_detections', since: NOW - 90 * MINUTE, detections: ['even-days', 'no-night'] },
    ]);
  });
});

describe('compareAilments', () => {
  it('tells what began and what is over, and nothing of what goes on', () => {
    const late: Ailment = { ailment: 'late_posts', since: 3, detections: [] };
    const stale: Ailment = { ailment: 'stale_data', since: 1, detections: [] };
    const known = new Map([
      ['stale_data', 1],
      ['failing_detections', 2],
    ] as const);
    expect(compareAilments(known, [stale, late])).toEqual({
      begun: [late],
      over: [{ ailment: 'failing_detections', since: 2, detections: [] }],
    });
  });
});
