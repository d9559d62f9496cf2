import type pg from 'pg';
import { DETECTIONS } from '../../src/detections/registry.ts';
import { detect, type DetectOptions } from '../../src/jobs/detect.ts';
import { rollUp } from '../../src/jobs/roll-up.ts';
import { rollUpTraits } from '../../src/jobs/roll-up-traits.ts';
import { silentLog } from '../../src/log.ts';
import { loadAccounts, loadExchanges } from '../detections/load-world.ts';
import { createWorld, END, type Life, people, queue, type World } from '../detections/world.ts';

const WRAPPER =
  'Solve the task below. Think step by step and write out your reasoning inside tags before the final answer. Task:';

/** An account of a campaign: dealt one wrapper by a queue, and paid with a card that eight accounts share. */
export function dealtAccount(world: World, index: number, { name = 'pool', wrapper = WRAPPER } = {}): Life {
  return {
    account: { payment_fingerprint: `${name} card ${Math.floor(index / 8)}`, payment_kind: 'virtual_card' },
    rhythm: queue(26),
    exchange: (_, random) => ({ prompt: `${wrapper} ${world.words(20, random)}` }),
  };
}

/** People, and whatever campaigns are added to them. */
export function peopledWorld(seed: string, count = 80): World {
  const world = createWorld(seed);
  world.pool(count, (index) => ({ rhythm: people(8, (index % 17) - 8) }));
  return world;
}

/** Loads what a world gained since a number of its accounts and exchanges, and rolls it up. */
export async function live(pool: pg.Pool, world: World, from = { accounts: 0, exchanges: 0 }): Promise<void> {
  await loadAccounts(pool, world.accounts.slice(from.accounts));
  await loadExchanges(pool, world.exchanges.slice(from.exchanges));
  await rollUp({ pool, now: END, allowedLatenessMs: 0 });
  await rollUpTraits(pool, END);
}

/** People, and one campaign of so many accounts among them, loaded. */
export async function guiltyWorld(pool: pg.Pool, seed: string, count = 24) {
  const world = peopledWorld(seed);
  const guilty = world.pool(count, (index) => dealtAccount(world, index));
  await live(pool, world);
  return { world, guilty };
}

export function look(pool: pg.Pool, change: Partial<DetectOptions> = {}) {
  return detect({ pool, detections: DETECTIONS, now: END, log: silentLog, timeoutMs: 30_000, ...change });
}
