import { expect, it } from 'vitest';
import { type SeverityBasis, severityOf } from '../../src/campaigns/severity.ts';

const CASES: [SeverityBasis['kind'], accountCount: number, exchangesPerDay: number, severity: string][] = [
  ['extraction', 5, 1, 'medium'],
  ['extraction', 49, 1_499, 'medium'],
  ['extraction', 50, 0, 'high'],
  ['extraction', 5, 1_500, 'high'],
  ['extraction', 249, 9_999, 'high'],
  ['extraction', 250, 0, 'critical'],
  ['extraction', 5, 10_000, 'critical'],
  ['resale', 49, 1_499, 'low'],
  ['resale', 50, 0, 'medium'],
  ['resale', 25_000, 3_000_000, 'medium'],
];

it.each(CASES)('%s by %i accounts at %i exchanges a day is %s', (kind, accountCount, exchangesPerDay, severity) => {
  expect(severityOf({ kind, accountCount, exchangesPerDay })).toBe(severity);
});
