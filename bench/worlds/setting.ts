import { DAY } from './kinds.ts';
import { type Clients, createClients } from './people/clients.ts';
import { createNetworks, type Networks } from './people/networks.ts';
import type { Random } from './random.ts';

export interface Model {
  name: string;
  releasedAt: number;
}

/** What all accounts of a world have around them. */
export interface Setting {
  random: Random;
  start: number;
  end: number;
  days: number;
  /** How many accounts the population has for each one of the ordinary size. */
  size: number;
  networks: Networks;
  clients: Clients;
  /** Oldest first; the last comes out while the world runs. */
  models: readonly Model[];
}

const EARLIEST_START = Date.parse('2026-01-05T00:00:00Z');

export function createSetting(random: Random, days: number, size: number): Setting {
  const start = EARLIEST_START + random.int(0, 230) * DAY;
  const family = random.pick(['halcyon', 'meridian', 'corvid', 'lumen', 'tern']);
  const first = random.int(2, 4);
  const models = [
    { name: `${family}-${first}`, releasedAt: start - random.int(300, 500) * DAY },
    { name: `${family}-${first}-mini`, releasedAt: start - random.int(150, 290) * DAY },
    { name: `${family}-${first + 1}`, releasedAt: start - random.int(40, 140) * DAY },
    { name: `${family}-${first + 2}`, releasedAt: Math.round(start + days * DAY * random.between(0.4, 0.7)) },
  ];
  return {
    random,
    start,
    end: start + days * DAY,
    days,
    size,
    networks: createNetworks(random.fork('networks')),
    clients: createClients(random.fork('clients')),
    models,
  };
}

export const oldModels = ({ models }: Setting): string[] => models.slice(0, 3).map(({ name }) => name);

export const newestModel = ({ models }: Setting): Model => models[3] as Model;

/** A taste in models: mostly one, at times another, and the new one some time after its release, or never. */
export function modelTaste(setting: Setting, random: Random, eagerness = 0.15): (random: Random, at: number) => string {
  const old = oldModels(setting);
  const main = random.weighted(old.map((name, at) => [name, [0.28, 0.35, 0.37][at] ?? 0] as const));
  const faithful = random.chance(0.6) ? 1 : random.between(0.6, 0.95);
  const newest = newestModel(setting);
  const moves = random.chance(eagerness) ? newest.releasedAt + random.exponential(4 * DAY) : Number.POSITIVE_INFINITY;
  const share = random.between(0.2, 1);
  return (each, at) => {
    if (at > moves && each.chance(share)) return newest.name;
    return each.chance(faithful) ? main : each.pick(old);
  };
}
