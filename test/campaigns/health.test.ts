import { describe, expect, it } from 'vitest';
import { type JobHealth, troublesOf } from '../../src/campaigns/health.ts';
import type { StatusFigures } from '../../src/campaigns/status-figures.ts';
import { NOW } from '../campaign-fixture.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const WELL: StatusFigures = {
  now: NOW,
  eventsUntil: NOW - 120 * MINUTE,
  campaigns: {},
  oldestUnansweredAt: null,
  gaps: [],
  quarantinedDay: 0,
  outbox: { waiting: 0, dead: 0, oldestWaitingAt: NOW - 5 * MINUTE },
  oldestEscalationAt: NOW - 5 * MINUTE,
  actions: { freeze: null, waiting: [] },
  holds: [],
  audit: { entries: 0, hash: '' },
};
const gap = { detection: 'no-night', reason: 'failed', windows: 1, open: 0, givenUp: 0, from: NOW, to: NOW } as const;
const job = (change: Partial<JobHealth>): JobHealth => ({
  job: 'detect',
  lastDoneAt: NOW - DAY - 120 * MINUTE,
  error: null,
  failedDay: 0,
  ...change,
});
const told = (change: Partial<StatusFigures>, jobs: readonly JobHealth[] = []) =>
  troublesOf({ ...WELL, ...change }, jobs).map(({ what, mend }) => `${what}: ${mend}`);

describe('troublesOf', () => {
  it('finds none where everything is just in time', () => {
    expect(told({}, [job({}), job({ lastDoneAt: null })])).toEqual([]);
    expect(told({ oldestEscalationAt: null, outbox: { waiting: 0, dead: 0, oldestWaitingAt: null } })).toEqual([]);
    expect(told({ gaps: [gap] })).toEqual([]);
  });

  it.each([
    [{ eventsUntil: null }, 'Nothing was ingested yet: feed the gateway’s logs to `retort ingest`'],
    [
      { eventsUntil: NOW - 120 * MINUTE - 1 },
      'The data is stale: detections see nothing new: look whether the gateway still sends its logs',
    ],
    [
      { outbox: { waiting: 1, dead: 0, oldestWaitingAt: NOW - 5 * MINUTE - 1 } },
      'Posts to Slack are late: look at the log: it says what Slack refuses and what to mend',
    ],
    [
      { oldestEscalationAt: NOW - 5 * MINUTE - 1 },
      'An escalation does not get through: call them another way; `retort doctor` and the log say what to mend',
    ],
    [
      { outbox: { waiting: 0, dead: 1, oldestWaitingAt: null } },
      'Posts to Slack were given up: look for `delivery.give_up` in the audit',
    ],
    [{ gaps: [gap, { ...gap, open: 1 }] }, 'Detections missed windows: `/campaign status` says which'],
    [{ gaps: [{ ...gap, givenUp: 1 }] }, 'Detections missed windows: `/campaign status` says which'],
  ] as [Partial<StatusFigures>, string][])('of %j says one thing', (change, words) => {
    expect(told(change)).toEqual([words]);
  });

  it('tells which jobs fail, and which hang', () => {
    const failing = job({ error: 'out of space' });
    const hanging = job({ job: 'digest', lastDoneAt: NOW - DAY - 120 * MINUTE - 1 });
    expect(told({}, [hanging, failing])).toEqual([
      'The job detect fails: out of space: it is tried again by itself; the log has the fault',
      'The job digest has not run for a day: restart Retort',
    ]);
  });
});
