import type { Rota } from '../../src/campaigns/rota.ts';

const HOUR = 3_600_000;

/** Two groups; an hour to answer, four to hold; what is low waits for ever. */
export const ROTA: Rota = {
  groups: ['S0FIRST', 'S0SECOND'],
  answerWithinMs: { critical: HOUR, high: HOUR, medium: HOUR, low: null },
  holdsMs: { critical: 4 * HOUR, high: 4 * HOUR, medium: 4 * HOUR, low: null },
};
