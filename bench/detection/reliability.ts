import type { Verdict } from './score.ts';

export interface Bin {
  from: number;
  to: number;
  reports: number;
  /** A campaign or a resale network, whichever was said. */
  either: number;
  real: number;
}

/** How many reports of each confidence there were, and how many of them were what they said, or something of the kind. */
export function reliability(verdicts: readonly Verdict[]): Bin[] {
  return [0, 0.1, 0.3, 0.5, 0.7, 0.9].map((from, at, edges) => {
    const to = edges[at + 1] ?? 1;
    const within = verdicts.filter(({ confidence }) => confidence >= from && (confidence < to || to === 1));
    return {
      from,
      to,
      reports: within.length,
      either: within.filter(({ either }) => either).length,
      real: within.filter(({ real }) => real).length,
    };
  });
}
