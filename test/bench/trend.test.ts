import { expect, it } from 'vitest';
import { trend } from '../../bench/soak/trend.ts';
import { sequence } from '../faults/repetitions.ts';

const noise = (seed: number) => {
  const draw = sequence(seed);
  return () => draw(1_000) / 1_000 - 0.5;
};

it('finds the slope, and how sure it is', () => {
  expect(trend([0, 1, 2, 3].map((x) => ({ x, y: 5 + 2 * x })))).toEqual({ slope: 2, error: 0 });
  const random = noise(3);
  const { slope, error } = trend(Array.from({ length: 400 }, (_, at) => ({ x: at / 100, y: at / 50 + random() })));
  expect(Math.abs(slope - 2)).toBeLessThan(3 * error);
  // Of 400 values spread evenly over 1, along 4: 0.289 / (√400 · 1.155).
  expect(error).toBeGreaterThan(0.009);
  expect(error).toBeLessThan(0.02);
});

it('is less sure where each value resembles the one before', () => {
  const random = noise(5);
  let y = 0;
  const walk = Array.from({ length: 400 }, (_, x) => ({ x, y: (y = 0.9 * y + random()) }));
  const shuffled = walk.map(({ x }, at) => ({ x, y: walk[(at * 149) % 400]?.y ?? 0 }));
  expect(trend(walk).error).toBeGreaterThan(2 * trend(shuffled).error);
});

it('wants three points', () => {
  expect(() =>
    trend([
      { x: 0, y: 1 },
      { x: 1, y: 2 },
    ]),
  ).toThrow('three points');
});
