import { describe, expect, inject, it } from 'vitest';
import { soakFigures } from '../../bench/soak/figures.ts';
import { runSoak, type Soak } from '../../bench/soak/run-soak.ts';

const SLOTS = { detect: 1, 'roll-up': 60 };

/** An hour of samples a minute apart that begin at 200 MB. */
function soak(change: Partial<Soak>, growth: (minute: number) => number = () => 0): Soak {
  return {
    sent: 1_000,
    accepted: 1_000,
    stored: 1_000,
    duplicates: 0,
    quarantined: 0,
    quarantineRows: 0,
    batches: 10,
    repeated: 1,
    unanswered: 0,
    putOff: {},
    asked: { light: [10, 20, 30], heavy: [500], slowest: { status: 30 }, unanswered: [] },
    samples: Array.from({ length: 60 }, (_, minute) => ({
      seconds: minute * 60,
      resident: 200 + growth(minute) + (minute % 3),
      heap: 80 + (minute % 5),
      external: 10,
      lagMs: 15,
    })),
    mostResident: 230,
    accounts: 3_000,
    past: 0,
    campaigns: 2,
    posts: 3,
    slots: SLOTS,
    failedSlots: 0,
    ...change,
  };
}

const refused = (of: Soak) =>
  soakFigures(of, 10)
    .filter(({ holds }) => holds === false)
    .map(({ measure }) => measure);

describe('a soak', () => {
  it('holds where nothing is lost and nothing grows in the second half', () => {
    expect(refused(soak({}))).toEqual([]);
    expect(refused(soak({}, (minute) => Math.min(minute, 20) * 3))).toEqual([]);
  });

  it('does not say so where memory moves too much to tell', () => {
    const found = soakFigures(
      soak({}, (minute) => ((minute * 37) % 60) + minute / 8),
      10,
    );
    expect(found.find(({ measure }) => measure.includes('growth'))).not.toHaveProperty('holds');
  });

  it('does not where memory grows, or anything is lost, refused, unanswered or failed', () => {
    expect(refused(soak({}, (minute) => minute / 2))).toEqual([expect.stringContaining('growth')]);
    expect(refused(soak({ accepted: 999 }))).toEqual([expect.stringContaining('accepted')]);
    expect(refused(soak({ stored: 1_001 }))).toEqual([expect.stringContaining('accepted')]);
    expect(refused(soak({ quarantineRows: 1 }))).toEqual([expect.stringContaining('quarantine')]);
    const asked = { light: [10], heavy: [], slowest: {}, unanswered: ['status'] };
    expect(refused(soak({ asked }))).toEqual(['unanswered']);
    expect(refused(soak({ failedSlots: 1 }))).toEqual([expect.stringContaining('failed')]);
  });

  it('runs for some seconds against the bot as it is built', { timeout: 500_000 }, async () => {
    const options = { minutes: 0.15, rate: 20, scale: 0.0005, pastDays: 1, databaseUrl: inject('databaseUrl') };
    const found = await runSoak({ ...options, say: () => {} });
    expect(found.sent).toBeGreaterThan(0);
    expect(found).toMatchObject({ accepted: found.sent, stored: found.sent, quarantineRows: 0, duplicates: 0 });
    expect(found.asked.light.length).toBeGreaterThan(0);
    expect(found.samples.length).toBeGreaterThanOrEqual(3);
    for (const { resident, heap, lagMs } of found.samples)
      expect([resident, heap, lagMs].every(Number.isFinite)).toBe(true);
    expect(() => soakFigures(found, 10)).not.toThrow();
  });
});
