import type { ModelReleaseLine } from '../ingest/records.ts';
import type { ClientCatalogue } from './clients.ts';
import type { Customer } from './customer.ts';
import type { Network } from './networks.ts';
import type { Random } from './random.ts';
import type { PublicPrompts } from './public-prompts.ts';

/** What a module may read while it builds its accounts. Times are epoch milliseconds. */
export interface Surroundings {
  /** The module's own stream. */
  readonly random: Random;
  readonly startAt: number;
  readonly endAt: number;
  /** When campaigns begin. */
  readonly campaignAt: number;
  readonly scale: number;
  /** Benign accounts in the population at this scale. */
  readonly population: number;
  /** How far the least sizes of look-alikes are reduced, 1 for not at all. */
  readonly leastFactor: number;
  readonly networks: readonly Network[];
  readonly clients: ClientCatalogue;
  readonly prompts: PublicPrompts;
  readonly releases: readonly ModelReleaseLine[];
}

/** Plans a day for accounts that act together: announces which of them acts when. */
type JointPlan = (dayStart: number, announce: (at: number, customer: Customer) => void) => void;

/** The accounts that one module adds to the world. */
export interface Group {
  readonly customers: readonly Customer[];
  /** Instead of each account's own rhythm. */
  readonly plan?: JointPlan;
}

export interface LookAlike {
  readonly name: string;
  /** A network of resellers is itself to be reported, as `resale`. */
  readonly resale?: boolean;
  build(world: Surroundings): Group;
}

export interface Campaign {
  readonly name: string;
  build(world: Surroundings): Group;
}

/** So many accounts for a share of the population, but never fewer than the least. */
export function sizeOf(world: Surroundings, share: number, least: number): number {
  return Math.max(Math.round(world.population * share), Math.ceil(least * world.leastFactor));
}
