import { describe, expect, it } from 'vitest';
import { type EscalationAnswer, settleEscalation } from '../../src/campaigns/settle-escalation.ts';

const NOW = 1_000_000_000;
const DAY = 24 * 3_600_000;
const settle = (answer: EscalationAnswer, { age = 0, waitMs = 5_000 } = {}) =>
  settleEscalation(answer, { now: NOW, createdAt: NOW - age, waitMs });
const later = { kind: 'later', error: 'timeout' } as const;

describe('settleEscalation', () => {
  it('is over when it was taken, and when it would be refused again', () => {
    expect(settle({ kind: 'taken' })).toEqual({ state: 'sent' });
    expect(settle({ kind: 'refused', error: 'http_400' })).toEqual({ state: 'dead', error: 'http_400' });
  });

  it('waits, or longer where the other side asks for it', () => {
    expect(settle(later)).toEqual({ state: 'pending', notBefore: NOW + 5_000, error: 'timeout' });
    expect(settle({ ...later, afterMs: 9_000 })).toMatchObject({ notBefore: NOW + 9_000 });
    expect(settle({ ...later, afterMs: 4_000 })).toMatchObject({ notBefore: NOW + 5_000 });
  });

  it('is given up when the next attempt would come more than a day after it began', () => {
    expect(settle(later, { age: DAY - 5_000 })).toMatchObject({ state: 'pending' });
    expect(settle(later, { age: DAY - 4_999 })).toEqual({ state: 'dead', error: 'timeout' });
  });
});
