import type { AccountLine, ExchangeLine } from '../../src/ingest/records.ts';
import { findScenario, type Scenario } from '../../src/simulation/scenarios.ts';
import type { Truth } from '../../src/simulation/truth.ts';
import { generateWorld, type WorldOptions } from '../../src/simulation/world.ts';

export function scenarioNamed(name: string): Scenario {
  const scenario = findScenario(name);
  if (!scenario) throw new Error(`no scenario ${name}`);
  return scenario;
}

export interface LivedWorld {
  accounts: readonly AccountLine[];
  exchanges: ExchangeLine[];
  truth: Truth;
  /** The most that was planned ahead at any time. */
  mostPending: number;
}

/** Lives a small world through to its end: tiny, unless a scale is given, and of a fixed seed. */
export function liveWorld(name: string, options: Partial<WorldOptions> = {}): LivedWorld {
  const world = generateWorld({ scenario: scenarioNamed(name), scale: 1e-6, seed: 7, days: 2, ...options });
  const exchanges: ExchangeLine[] = [];
  let mostPending = 0;
  for (const exchange of world.exchanges) {
    exchanges.push(exchange);
    mostPending = Math.max(mostPending, world.pending());
  }
  return { accounts: world.accounts, exchanges, truth: world.truth(), mostPending };
}

/** The exchanges of the first campaign's accounts, and of all accounts in no campaign. */
export function splitByGuilt({ exchanges, truth }: LivedWorld) {
  const guilty = new Set(truth.campaigns.filter(({ kind }) => kind === 'extraction').flatMap((one) => one.account_ids));
  return {
    campaign: exchanges.filter((exchange) => guilty.has(exchange.account_id)),
    others: exchanges.filter((exchange) => !guilty.has(exchange.account_id)),
  };
}

export function countBy<T>(items: Iterable<T>, key: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return counts;
}
