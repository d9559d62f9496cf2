import { describe, expect, it } from 'vitest';
import { ofAskingText } from '../../src/detections/of-asking-text.ts';
import { Random } from '../../src/simulation/random.ts';

const use = (uses: number, elicited: number) => ({ uses, elicited });
const SEEDS = ['a', 'b', 'c', 'd', 'e'];

/** Accounts whose every use elicits at a rate. */
const mixed = (seed: string, accounts: number, mean: number, rate: number) => {
  const random = new Random(`mixed ${seed}`);
  return Array.from({ length: accounts }, () => {
    const uses = 1 + random.poisson(mean);
    return use(uses, Array.from({ length: uses }, () => random.chance(rate)).filter(Boolean).length);
  });
};

describe('uses of the asking text', () => {
  it('leaves out those who send another text with the same mark', () => {
    const queue = Array.from({ length: 20 }, (_, i) => use(30 + i, 30 + i));
    const bystanders = [use(1, 0), use(3, 0), use(6, 0), use(2, 0), use(1, 0)];
    expect(ofAskingText([...bystanders, ...queue])).toEqual(queue);
  });

  it('finds a thin queue among many others', () => {
    const queue = Array.from({ length: 12 }, () => use(4, 4));
    const others = Array.from({ length: 60 }, (_, i) => use(1 + (i % 3), 0));
    expect(ofAskingText([...queue, ...others])).toEqual(queue);
  });

  it.each(SEEDS)('keeps everyone of a text whose items ask now and then (%s)', (seed) => {
    for (const rate of [0.1, 0.3, 0.5, 0.7, 0.9]) {
      for (const mean of [0.5, 2, 20]) {
        const uses = mixed(seed, 100, mean, rate);
        expect(ofAskingText(uses)).toBe(uses);
      }
    }
  });

  it('cannot tell two texts by single uses', () => {
    const uses = Array.from({ length: 100 }, (_, i) => use(1, i % 2));
    expect(ofAskingText(uses)).toBe(uses);
  });

  it('keeps what asks always, or never', () => {
    const always = [use(3, 3), use(1, 1)];
    const never = [use(3, 0), use(1, 0)];
    expect(ofAskingText(always)).toBe(always);
    expect(ofAskingText(never)).toBe(never);
    expect(ofAskingText([])).toEqual([]);
  });
});
