import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Dealt, dealingEvidence } from '../../src/detections/dealing-evidence.ts';
import { Random } from '../../src/simulation/random.ts';

/** Uses as a queue deals them: by chance around an equal share. Accounts that got none are not seen. */
function queue(seed: string, accounts: number, mean: number): Dealt[] {
  const random = new Random(`queue ${seed}`);
  return Array.from({ length: accounts }, () => {
    const exposure = random.between(0.5, 2);
    return { uses: random.poisson(mean * exposure), exposure };
  }).filter(({ uses }) => uses > 0);
}

/** Uses as people make them: some are zealous, most are not. */
function people(seed: string, accounts: number, mean: number): Dealt[] {
  const random = new Random(`people ${seed}`);
  return Array.from({ length: accounts }, () => {
    const exposure = random.between(0.5, 2);
    return { uses: random.poisson(mean * exposure * random.logNormal(0.6, 1)), exposure };
  }).filter(({ uses }) => uses > 0);
}

const SEEDS = ['a', 'b', 'c', 'd', 'e'];

describe('evidence of dealing', () => {
  it.each(SEEDS)('speaks for a queue, the more the larger it is (%s)', (seed) => {
    const [small, middle, large] = [12, 40, 160].map((accounts) => dealingEvidence(queue(seed, accounts, 30)));
    expect(small).toBeGreaterThan(2);
    expect(middle).toBeGreaterThan(small ?? 0);
    expect(large).toBeGreaterThan(middle ?? 0);
  });

  it.each(SEEDS)('speaks for a queue at thin rates, too (%s)', (seed) => {
    expect(dealingEvidence(queue(seed, 100, 4))).toBeGreaterThan(9);
  });

  it.each(SEEDS)('speaks against people, the more the more there are (%s)', (seed) => {
    const [few, many] = [30, 200].map((accounts) => dealingEvidence(people(seed, accounts, 20)));
    expect(few).toBeLessThan(0);
    expect(many).toBeLessThan(few ?? 0);
  });

  it('hardly speaks at all of tiny samples', () => {
    expect(Math.abs(dealingEvidence([{ uses: 1, exposure: 1 }]))).toBeLessThan(0.5);
    const thin = [1, 2, 1].map((uses) => ({ uses, exposure: 10 }));
    expect(Math.abs(dealingEvidence(thin))).toBeLessThan(1.5);
  });

  it('tells a handful of equal quotas from chance, but short of what a campaign needs', () => {
    expect(dealingEvidence(Array.from({ length: 4 }, () => ({ uses: 20, exposure: 1 })))).toBeLessThan(9);
  });

  it('of nothing is nothing', () => {
    expect(dealingEvidence([])).toBe(0);
  });
});

const dealt = fc.array(
  fc.record({ uses: fc.integer({ min: 1, max: 1_000_000 }), exposure: fc.integer({ min: 1, max: 10_000_000 }) }),
  { minLength: 1, maxLength: 60 },
);

describe('its numbers', () => {
  it('are finite for any uses and exposures', () => {
    fc.assert(
      fc.property(dealt, (accounts) => {
        expect(dealingEvidence(accounts)).toSatisfy(Number.isFinite);
      }),
    );
  });

  it('do not depend on the unit of exposure', () => {
    fc.assert(
      fc.property(dealt, fc.constantFrom(0.001, 0.5, 24, 1e6), (accounts, factor) => {
        const scaled = accounts.map(({ uses, exposure }) => ({ uses, exposure: exposure * factor }));
        const evidence = dealingEvidence(accounts);
        expect(Math.abs(dealingEvidence(scaled) - evidence)).toBeLessThan(1e-6 * (1 + Math.abs(evidence)));
      }),
    );
  });

  it('do not depend on the order of the accounts', () => {
    fc.assert(
      fc.property(dealt, (accounts) => {
        const evidence = dealingEvidence(accounts);
        expect(Math.abs(dealingEvidence(accounts.toReversed()) - evidence)).toBeLessThan(
          1e-6 * (1 + Math.abs(evidence)),
        );
      }),
    );
  });

  it('look at no more than 2,000 accounts', () => {
    const many = queue('many', 4_000, 10);
    expect(many.length).toBeGreaterThan(3_900);
    expect(dealingEvidence(many)).toBe(dealingEvidence(many.slice(0, 2_000)));
  });
});
