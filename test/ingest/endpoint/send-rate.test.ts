import { array, assert, integer, nat, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSendLimiter } from '../../../src/ingest/endpoint/send-rate.ts';

const T = Date.parse('2026-03-10T12:00:00Z');

describe('a sender', () => {
  it('may send so much at once, and then as much as has come back', () => {
    const limiter = createSendLimiter({ perSecond: 10, burst: 100 });
    expect(limiter.waitMs(0, T)).toBe(0);
    limiter.spend(0, 100, T);
    expect(limiter.waitMs(0, T)).toBe(100);
    expect(limiter.waitMs(0, T + 99)).toBe(1);
    expect(limiter.waitMs(0, T + 100)).toBe(0);
    // No more comes back than was there at first.
    limiter.spend(0, 100, T + 3_600_000);
    expect(limiter.waitMs(0, T + 3_600_000)).toBe(100);
  });

  it('pays for a batch of any size, and takes nothing from another', () => {
    const limiter = createSendLimiter({ perSecond: 10, burst: 100 });
    limiter.spend(0, 1_100, T);
    expect(limiter.waitMs(0, T)).toBe(100_100);
    expect(limiter.waitMs(1, T)).toBe(0);
  });

  it('gains nothing by a clock that goes backwards', () => {
    const limiter = createSendLimiter({ perSecond: 10, burst: 100 });
    limiter.spend(0, 100, T);
    expect(limiter.waitMs(0, T - 5_000)).toBe(5_100);
    limiter.spend(0, 1, T - 5_000);
    expect(limiter.waitMs(0, T)).toBe(200);
  });

  it('is let in exactly after the wait that it is told, and never sends more than its rate over time', () => {
    const rate = { perSecond: integer({ min: 1, max: 5_000 }), burst: integer({ min: 1, max: 50_000 }) };
    const steps = array(record({ records: integer({ min: 1, max: 50_000 }), pause: nat(60_000) }), {
      minLength: 1,
      maxLength: 40,
    });
    assert(
      property(record(rate), steps, ({ perSecond, burst }, batches) => {
        const limiter = createSendLimiter({ perSecond, burst });
        let now = T;
        let sent = 0;
        for (const { records, pause } of batches) {
          now += pause;
          const wait = limiter.waitMs(0, now);
          // Not a moment before.
          expect(limiter.waitMs(0, now + Math.max(0, wait - 1))).toBe(Math.min(1, wait));
          now += wait;
          expect(limiter.waitMs(0, now)).toBe(0);
          // Before this batch, no more than the burst, what came back, and what of the batches before it was ahead.
          expect(sent).toBeLessThan(burst + (perSecond * (now - T)) / 1_000);
          limiter.spend(0, records, now);
          sent += records;
        }
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});
