import { describe, expect, it } from 'vitest';
import { Random } from '../../src/simulation/random.ts';

const draw = (random: Random, count: number) => Array.from({ length: count }, () => random.float());
const many = <T>(make: () => T) => Array.from({ length: 20_000 }, make);
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('Random', () => {
  it('repeats itself for a seed and differs for another', () => {
    expect(draw(new Random('a'), 50)).toEqual(draw(new Random('a'), 50));
    expect(draw(new Random('a'), 50)).not.toEqual(draw(new Random('b'), 50));
  });

  it('forks by name alone, whatever was drawn before', () => {
    const used = new Random('a');
    draw(used, 17);
    expect(draw(used.fork('x'), 20)).toEqual(draw(new Random('a').fork('x'), 20));
    expect(draw(used.fork('x'), 20)).not.toEqual(draw(used.fork('y'), 20));
  });

  it('has the means that its distributions promise', () => {
    const random = new Random('means');
    expect(mean(many(() => random.float()))).toBeCloseTo(0.5, 1);
    expect(mean(many(() => random.poisson(3)))).toBeCloseTo(3, 1);
    expect(mean(many(() => random.poisson(200))) / 200).toBeCloseTo(1, 2);
    expect(mean(many(() => random.exponential(5))) / 5).toBeCloseTo(1, 1);
    expect(mean(many(() => random.normal()))).toBeCloseTo(0, 1);
    const logs = many(() => Math.log(random.logNormal(40, 1)));
    expect(mean(logs)).toBeCloseTo(Math.log(40), 1);
  });

  it('samples without repeating, and takes all where too few are left', () => {
    const random = new Random('sample');
    const taken = random.sample([1, 2, 3, 4, 5, 6, 7, 8], 5);
    expect(new Set(taken).size).toBe(5);
    expect(random.sample([1, 2], 5).toSorted((a, b) => a - b)).toEqual([1, 2]);
  });
});
