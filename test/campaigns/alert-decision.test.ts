import { describe, expect, it } from 'vitest';
import { type AlertSubject, decideAlert } from '../../src/campaigns/alert-decision.ts';

const QUIET: AlertSubject = {
  kind: 'extraction',
  status: 'suspected',
  confidence: 0.97,
  severity: 'high',
  accountCount: 60,
  families: ['content', 'payment'],
  alerted: { severity: 'high', accountCount: 60, families: ['content', 'payment'] },
  snooze: null,
  decided: null,
};
const NOW = Date.parse('2026-04-30T09:00:00Z');
const SNOOZE = {
  by: 'U0MARA',
  at: NOW - 5,
  until: NOW + 1,
  reason: 'known',
  severity: 'high',
  accountCount: 60,
} as const;
const dismissedAt = (accountCount: number) =>
  ({ status: 'dismissed', decided: { by: 'U0MARA', at: NOW, reason: 'a course', accountCount } }) as const;
const FRESH = { alerted: null };

const CASES: [what: string, change: Partial<AlertSubject>, send: boolean, reason: string][] = [
  ['nobody was told yet', FRESH, true, 'first'],
  ['nothing changed', {}, false, 'quiet'],
  ['the confidence is just reached', { ...FRESH, confidence: 0.9 }, true, 'first'],
  ['the confidence is not reached', { ...FRESH, confidence: 0.899 }, false, 'below_threshold'],
  ['one family alone convicts nobody', { ...FRESH, families: ['content'], confidence: 1 }, false, 'too_few_families'],
  ['resale needs three families', { ...FRESH, kind: 'resale' }, false, 'too_few_families'],
  ['resale with three', { ...FRESH, kind: 'resale', families: ['payment', 'network', 'client'] }, true, 'first'],
  [
    'what a cloud’s automation has in common convicts nobody',
    { ...FRESH, families: ['network', 'client', 'timing', 'behaviour'], confidence: 1 },
    false,
    'too_few_families',
  ],
  ['the same, and throw-away identities', { ...FRESH, families: ['timing', 'behaviour', 'identity'] }, true, 'first'],
  ['a person dismissed it', { status: 'dismissed', severity: 'critical' }, false, 'dismissed'],
  ['it was merged into another', { status: 'merged', ...FRESH }, false, 'dismissed'],
  ['it got worse', { severity: 'critical' }, true, 'escalated'],
  ['it got better', { severity: 'medium' }, false, 'quiet'],
  ['a family joined', { families: ['content', 'payment', 'timing'] }, true, 'new_family'],
  ['one family was exchanged for another', { families: ['content', 'timing'] }, true, 'new_family'],
  ['worse comes before a new family', { severity: 'critical', families: ['content', 'timing'] }, true, 'escalated'],
  ['it grew by half', { accountCount: 90 }, true, 'grew'],
  ['it grew by less than half', { accountCount: 89 }, false, 'quiet'],
  ['a person knows of it, and it grew', { accountCount: 90, status: 'acknowledged' }, true, 'grew'],
  ['it is snoozed, and grew', { accountCount: 90, snooze: SNOOZE }, false, 'snoozed'],
  ['it is snoozed, and a family joined', { families: ['content', 'timing'], snooze: SNOOZE }, false, 'snoozed'],
  ['it is snoozed, and got worse', { severity: 'critical', snooze: SNOOZE }, true, 'escalated'],
  ['its snooze has just ended', { accountCount: 90, snooze: { ...SNOOZE, until: NOW } }, true, 'grew'],
  ['it is three times what was dismissed', { ...dismissedAt(20) }, true, 'reopened'],
  ['it is not quite three times what was dismissed', { ...dismissedAt(21) }, false, 'dismissed'],
  ['three times a handful is a handful', { ...dismissedAt(9), accountCount: 28 }, false, 'dismissed'],
  ['three times as large, and not sure any more', { ...dismissedAt(20), confidence: 0.5 }, false, 'below_threshold'],
  ['three times as large by twenty accounts', { ...dismissedAt(10), accountCount: 30 }, true, 'reopened'],
  ['dismissed before anybody was told', { status: 'dismissed', ...FRESH }, false, 'dismissed'],
  ['dismissed before sizes were noted', { status: 'dismissed', accountCount: 180 }, true, 'reopened'],
  ['it was contained, and grew', { accountCount: 90, status: 'contained' }, true, 'grew'],
];

describe('decideAlert', () => {
  it.each(CASES)('%s', (_what, change, send, reason) => {
    expect(decideAlert({ ...QUIET, ...change }, NOW)).toEqual({ send, reason });
  });

  it('a small campaign must grow by ten accounts, not by half alone', () => {
    const alerted = { severity: 'high', accountCount: 6, families: ['content', 'payment'] } as const;
    const at = (accountCount: number) =>
      decideAlert({ ...QUIET, accountCount, alerted: { ...alerted, families: [...alerted.families] } }, NOW).reason;
    expect([at(9), at(15), at(16)]).toEqual(['quiet', 'quiet', 'grew']);
  });
});
