export interface Point {
  x: number;
  y: number;
}

/** y = base + each · x. */
export interface Line {
  base: number;
  each: number;
}

/** The line of least squares *relative* to y: a second more is much of one, and little of a hundred. */
export function fitLine(points: readonly Point[]): Line {
  let [w, wx, wy, wxx, wxy] = [0, 0, 0, 0, 0];
  for (const { x, y } of points) {
    const weight = 1 / y ** 2;
    w += weight;
    wx += weight * x;
    wy += weight * y;
    wxx += weight * x * x;
    wxy += weight * x * y;
  }
  const each = (w * wxy - wx * wy) / (w * wxx - wx * wx);
  return { base: (wy - each * wx) / w, each };
}

export const at = ({ base, each }: Line, x: number): number => base + each * x;

/** How far off the largest point a line through the others is: (said − seen) / seen. */
export function errorAtLargest(points: readonly Point[]): number {
  const sorted = points.toSorted((a, b) => a.x - b.x);
  const largest = sorted.at(-1);
  if (largest === undefined || sorted.length < 3)
    throw new Error('three points are needed: two make a line, one tests it');
  return at(fitLine(sorted.slice(0, -1)), largest.x) / largest.y - 1;
}
