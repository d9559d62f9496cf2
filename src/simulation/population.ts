import type { Group, Surroundings } from './group.ts';
import { makePerson } from './person.ts';

/** Unrelated customers. */
export function makePopulation(world: Surroundings): Group {
  return {
    customers: Array.from({ length: world.population }, (_, i) => makePerson(world, world.random.fork(i))),
  };
}
