import { findScenario } from '../simulation/scenarios.ts';
import { generateWorld, type World } from '../simulation/world.ts';
import { DAY_MS } from '../time-units.ts';

/**
 * Whole days of the world before today's. The campaign starts on the second and needs a day or so to be told from
 * chance, whatever the key of the fingerprints and the hour: half a day more is luck, and was too little one time in ten.
 */
const PAST_DAYS = 3;

/** Nothing of a demo is kept, so its key need not be secret; a fixed one tells the same story each time. */
export const DEMO_KEY = 'a demo keeps nothing, so its key is no secret';

/** The world of a demo that starts at `now`, epoch milliseconds: some days of past, and at least one to come. */
export function createDemoWorld({ now, seed }: { now: number; seed: string }): World {
  const scenario = findScenario('demo');
  if (scenario === undefined) throw new Error('the demo scenario is missing');
  return generateWorld({ scenario, seed, startAt: now - PAST_DAYS * DAY_MS });
}
