import type { Point } from '../scale/fit-line.ts';

export interface Trend {
  /** Units of y for each of x. */
  slope: number;
  /** Standard error of the slope. */
  error: number;
}

/**
 * The slope by least squares. Its error counts neighbours that resemble each other for less than one each (AR(1)): what a
 * process holds now it mostly held a moment ago.
 */
export function trend(points: readonly Point[]): Trend {
  const n = points.length;
  if (n < 3) throw new Error('a trend with its error takes three points at least');
  const meanX = mean(points.map(({ x }) => x));
  const meanY = mean(points.map(({ y }) => y));
  const spread = sum(points.map(({ x }) => (x - meanX) ** 2));
  const slope = sum(points.map(({ x, y }) => (x - meanX) * (y - meanY))) / spread;
  const rest = points.map(({ x, y }) => y - meanY - slope * (x - meanX));
  const squares = sum(rest.map((each) => each ** 2));
  if (squares === 0) return { slope, error: 0 };
  const likeness = sum(rest.slice(1).map((each, at) => each * (rest[at] ?? 0))) / squares;
  const bound = Math.min(Math.max(likeness, 0), 0.99);
  return { slope, error: Math.sqrt((squares / (n - 2) / spread) * ((1 + bound) / (1 - bound))) };
}

const sum = (values: readonly number[]) => values.reduce((all, each) => all + each, 0);
const mean = (values: readonly number[]) => sum(values) / values.length;
