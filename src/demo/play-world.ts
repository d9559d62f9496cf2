import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { saveAccounts } from '../db/account.ts';
import { saveReleases } from '../db/model.ts';
import { accountRow } from '../ingest/account-row.ts';
import { createExchangeLoader } from '../ingest/exchange-loader.ts';
import type { Fingerprinter } from '../ingest/fingerprint.ts';
import { Account, type ExchangeLine, ModelRelease } from '../ingest/records.ts';
import type { World } from '../simulation/world.ts';
import { HOUR_MS } from '../time-units.ts';

export interface PlayOptions {
  pool: pg.Pool;
  world: World;
  fingerprinter: Fingerprinter;
  /** The present, epoch milliseconds: until the world's clock has come up to it, an hour passes at once. */
  now: () => number;
  /** Runs the jobs that are due at this time of the world. */
  onHour: (at: number) => Promise<void>;
  /** Called once, when the world's clock has become the real one. */
  onPresent: () => Promise<void>;
  signal: AbortSignal;
}

/** How often the traffic of the moment is sent, once the world is in the present. */
const LIVE_EVERY_MS = 5_000;

/** Plays a simulated world into the database: its past hour by hour as fast as it goes, then in real time. */
export async function playWorld(options: PlayOptions): Promise<void> {
  const { pool, world, fingerprinter, now, signal } = options;
  await saveReleases(
    pool,
    world.releases.map((release) => ModelRelease.parse(release)),
  );
  const accounts = world.accounts.map((line) => Account.parse(line)).toSorted((a, b) => a.created_at - b.created_at);
  const loader = await createExchangeLoader({ pool, fingerprinter, clock: now, source: 'demo' });
  const exchanges = world.exchanges[Symbol.iterator]();
  let next = exchanges.next();
  let line = 0;
  let known = 0;

  /** Everything that happened before `at`: first the accounts that were made, then the traffic. */
  async function advance(at: number): Promise<void> {
    const later = accounts.findIndex((account, index) => index >= known && account.created_at >= at);
    const made = accounts.slice(known, later === -1 ? undefined : later);
    known += made.length;
    await saveAccounts(
      pool,
      made.map((account) => accountRow(account, fingerprinter, account.created_at)),
      at,
    );
    for (; next.done !== true && Date.parse(next.value.occurred_at) < at; next = exchanges.next()) {
      for (const reading of loader.read(asLine(next.value, ++line))) await loader.keep(reading);
    }
    await loader.flush();
  }

  try {
    let hour = Math.floor(world.startAt / HOUR_MS) * HOUR_MS + HOUR_MS;
    for (; hour <= now() && !signal.aborted; hour += HOUR_MS) {
      await advance(hour);
      await options.onHour(hour);
    }
    if (!signal.aborted) await options.onPresent();
    while (!signal.aborted && next.done !== true) {
      await advance(now());
      await sleep(LIVE_EVERY_MS, undefined, { signal }).catch(() => {});
    }
  } finally {
    await loader.close();
  }
}

function asLine(exchange: ExchangeLine, number: number) {
  const text = JSON.stringify(exchange);
  return { number, bytes: Buffer.byteLength(text), text };
}
