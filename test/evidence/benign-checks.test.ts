import { expect, it } from 'vitest';
import { benignChecks } from '../../src/evidence/benign-checks.ts';
import type { DossierFacts } from '../../src/evidence/gather-dossier.ts';

const HOUR = 3_600_000;
const EVENT = 'They signed up together for an event: a course, a hackathon, a launch';

/** What is said of an event, of members who were created at these hours. */
function ofEvent(hours: readonly (number | null)[]) {
  const accounts = hours.map((hour) => ({
    standing: 'member',
    created_at: hour === null ? null : hour * HOUR,
    organization_id: null,
    program: null,
  }));
  const facts = { accounts, activity: [], hours: [], traits: [], looks: [] } as unknown as DossierFacts;
  return benignChecks(facts).find(({ explanation }) => explanation === EVENT);
}

it.each([
  // The second day begins 24 hours after the first sign-up: it is not of the same wave.
  { hours: [0, 23.9, 24, 47, 47.9, 90], why: '3 of 6 accounts', verdict: 'fails' },
  { hours: [50, 0, 51, 52, 53], why: '4 of 5 accounts', verdict: 'open' },
  { hours: [0, 24, 48, 72], why: '1 of 4 accounts', verdict: 'fails' },
  { hours: [7, 7, 7, null], why: '3 of 3 accounts', verdict: 'open' },
  { hours: [null, null], why: 'do not say when', verdict: 'open' },
])('counts the busiest 24 hours of sign-ups: $hours', ({ hours, why, verdict }) => {
  const check = ofEvent(hours);
  expect(check?.why).toContain(why);
  expect(check?.verdict).toBe(verdict);
});
