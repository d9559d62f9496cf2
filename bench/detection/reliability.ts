import type { Score } from './score.ts';

export interface Bin {
  from: number;
  to: number;
  reports: number;
  real: number;
}

/** How many reports of each confidence there were, and how many of them were what they said. */
export function reliability(verdicts: Score['verdicts']): Bin[] {
  return [0, 0.5, 0.6, 0.7, 0.8, 0.9].map((from, at, edges) => {
    const to = edges[at + 1] ?? 1;
    const within = verdicts.filter(({ confidence }) => confidence >= from && (confidence < to || to === 1));
    return { from, to, reports: within.length, real: within.filter(({ real }) => real).length };
  });
}
