import { describe, expect, it } from 'vitest';
import { Digest, isQuiet, peopleIn } from '../../src/campaigns/digest.ts';
import { NOW } from '../campaign-fixture.ts';

const DAY = 86_400_000;
const day = { alerts: 0, toAcknowledgeMs: null, dismissed: 0, quarantined: 0 };
/** As the first release wrote it. */
const OLD = {
  from: NOW - DAY,
  to: NOW,
  timezone: 'UTC',
  fresh: [],
  grown: [],
  decided: [],
  waiting: [],
  day,
  dayBefore: day,
  eventsUntil: null,
  audit: { entries: 0, hash: '' },
  outbox: { waiting: 9, dead: 0 },
};
const QUIET = Digest.parse(OLD);
const line = { id: 'C-12', severity: 'critical', kind: 'extraction', accountCount: 9 } as const;
const decided = { ...line, action: 'campaign.confirm', actor: 'U0ONE', at: NOW, why: 'x' };
const held = { id: 'C-12', severity: 'high', holder: 'U0TWO', since: null } as const;
const ending = { id: 'C-12', until: NOW, by: 'U0THREE', reason: 'x' };
const escalation = {
  campaign: 12,
  target: 'legal',
  by: 'U0FOUR',
  at: NOW - DAY,
  reason: 'x',
  state: 'there',
  acknowledgedAt: null,
  endedAt: null,
} as const;
const gap = { detection: 'no-night', reason: 'late', windows: 1, open: 0, givenUp: 0, from: 0, to: 0 } as const;
const month = {
  month: '2026-04',
  campaigns: 1,
  accounts: 1,
  confirmed: 0,
  dismissed: 0,
  toAcknowledgeMs: null,
  toContainMs: null,
};
const approval = { campaign: 12, action: 'ban', accountCount: 9, until: NOW } as const;
const change = {
  action: 'enforcement.freeze',
  subject: 'enforcement',
  actor: 'U0FIVE',
  reason: 'x',
  at: NOW,
} as const;
const FULL: Digest = {
  ...QUIET,
  fresh: [{ ...line, status: 'suspected', waitingSince: null }],
  grown: [{ ...line, before: 3 }],
  decided: [decided],
  waiting: [{ ...line, since: NOW }],
  precision: [{ detection: 'no-night', confirmed: 1, judged: 2 }],
  gaps: [gap],
  held: [held],
  snoozesEnding: [ending],
  approvals: [approval],
  escalations: [escalation],
  changed: [change],
  series: [{ day: '2026-04-30', alerts: 1 }],
  months: [month],
};

it('a digest comes back whole from the outbox, and from an older release’s', () => {
  expect(Digest.parse(JSON.parse(JSON.stringify(FULL)))).toEqual(FULL);
  const { gaps, precision, held: had, snoozesEnding, approvals, escalations, changed, series, months } = QUIET;
  for (const list of [gaps, precision, had, snoozesEnding, approvals, escalations, changed, series, months]) {
    expect(list).toEqual([]);
  }
  expect(QUIET.day).toEqual({ ...day, contained: 0, toContainMs: null });
  expect(Digest.parse({ ...OLD, decided: [{ ...decided, why: undefined }] }).decided[0]?.why).toBe('');
});

describe('a quiet day', () => {
  it.each([
    ['is one on which posts wait', {}],
    ['is one on which somebody has what they had', { held: [held] }],
    ['is one with an escalation of another day', { escalations: [{ ...escalation, at: NOW - DAY - 1 }] }],
    ['is one with figures alone', { precision: FULL.precision, series: FULL.series }],
  ] as [string, Partial<Digest>][])('%s', (_what, change) => {
    expect(isQuiet({ ...QUIET, ...change })).toBe(true);
  });

  it.each([
    'fresh',
    'grown',
    'decided',
    'waiting',
    'gaps',
    'snoozesEnding',
    'approvals',
    'escalations',
    'changed',
    'months',
  ] as const)('is none with anything in %s', (list) => {
    expect(isQuiet({ ...QUIET, [list]: FULL[list] })).toBe(false);
  });

  it('is none on which a post was given up, or an escalation ended', () => {
    expect(isQuiet({ ...QUIET, outbox: { waiting: 0, dead: 1 } })).toBe(false);
    const ended = { ...escalation, at: NOW - 9 * DAY, endedAt: NOW - DAY };
    expect(isQuiet({ ...QUIET, escalations: [ended] })).toBe(false);
  });
});

it('a digest names who decided, who has something, who snoozed, who escalated and who changed something', () => {
  expect(peopleIn(FULL)).toEqual(['U0ONE', 'U0TWO', 'U0THREE', 'U0FOUR', 'U0FIVE']);
});
