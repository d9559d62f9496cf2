import { setImmediate as turn } from 'node:timers/promises';
import type pg from 'pg';
import type { QuarantinedLine } from '../db/quarantine.ts';
import { readWatermark } from '../db/watermark.ts';
import type { Adapter } from './adapters/adapter.ts';
import { createExchangeBatch, type ExchangeBatch } from './exchange-batch.ts';
import type { Fingerprinter } from './fingerprint.ts';
import { createModelIds, type ModelIds } from './model-ids.ts';
import { type Parsed, parseForeign, parseRecord, timeProblem } from './parse-record.ts';
import { quickExchange } from './quick-exchange.ts';
import type { Line } from './read-lines.ts';
import { createRecentKeys } from './recent-keys.ts';
import { Exchange, Outcomes } from './records.ts';
import { type WriteGuard, writeBatch } from './write-batch.ts';

export interface LoadCounts {
  accepted: number;
  duplicates: number;
  quarantined: number;
}

/** What was read: an exchange, or what the quarantine will say; `unreadable` where that is of the line as a whole. */
type Reading = { exchange: Exchange } | { bad: QuarantinedLine; unreadable: boolean };

export interface ExchangeLoader {
  /** Reads a line, and keeps nothing yet. A native line is always one reading, another gateway's may be many or none. */
  read: (line: Line) => Reading[];
  /** Keeps what was read. Where it returns a promise the next must wait for it: others get their turn, or a batch is full. */
  keep(reading: Reading): Promise<void> | undefined;
  /** Takes what is held out of hand; what is returned writes it, once what was taken before is written. */
  take(): () => Promise<void>;
  /** Writes what is held. Returns the counts so far. */
  flush(): Promise<LoadCounts>;
  /** Waits for what is being written. Lines that were not handed over are dropped. */
  close(): Promise<void>;
}

export interface ExchangeLoaderOptions {
  pool: pg.Pool;
  fingerprinter: Fingerprinter;
  /** Epoch milliseconds. */
  clock: () => number;
  /** Names the file or gateway in batches and in the quarantine. */
  source: string;
  /** How the lines are to be read; native where there is none. */
  adapter?: Adapter | undefined;
  batchLines?: number;
  /** Models that were asked for before, where loaders come and go. */
  models?: ModelIds;
  /** Asked with each batch, also with an empty one. */
  guard?: WriteGuard | undefined;
}

const BATCH_LINES = 10_000;
/** So often others get their turn: above all the answers to what is being written, which is a dozen statements a batch. */
const TURN_LINES = 64;
/** Among these many, a repeat with another time is told for one, too. */
const RECENT_KEYS = 100_000;

/**
 * Loads exchanges in batches, each in one transaction: whole or not at all, so that a second run of the same lines
 * counts nothing twice. While the database writes one batch, the next is read.
 */
export async function createExchangeLoader(options: ExchangeLoaderOptions): Promise<ExchangeLoader> {
  const { pool, fingerprinter, clock, source, adapter, batchLines = BATCH_LINES, guard } = options;
  const models = options.models ?? createModelIds(pool);
  const droppedUntil = await readWatermark(pool, 'dropped_exchanges');
  const known = new Set<bigint>();
  const recent = createRecentKeys(RECENT_KEYS);
  const counts: LoadCounts = { accepted: 0, duplicates: 0, quarantined: 0 };
  let held = createExchangeBatch();
  let writing: Promise<void> = Promise.resolve();
  let repeats = false;
  let kept = 0;

  function read(line: Line): Reading[] {
    if (line.text === undefined) return [refuse(line, line.problem, true)];
    return parse(line.text, adapter).map((parsed) => {
      if (!parsed.ok) return refuse(line, parsed.reason, parsed.unreadable);
      const problem = timeProblem(parsed.record.occurred_at, clock(), droppedUntil);
      return problem === undefined ? { exchange: parsed.record } : refuse(line, problem);
    });
  }

  function refuse(line: Line, reason: string, unreadable = false): Reading {
    const hash = fingerprinter.lineHash(line.text ?? `${line.number}:${line.bytes}`);
    return { bad: { number: line.number, reason, bytes: line.bytes, hash }, unreadable };
  }

  function keep(reading: Reading): Promise<void> | undefined {
    if ('bad' in reading) {
      held.bad.push(reading.bad);
      return afterOne();
    }
    const modelId = models.known(reading.exchange.model);
    if (modelId === undefined) return keepNewModel(reading.exchange);
    keepExchange(reading.exchange, modelId);
    return afterOne();
  }

  async function keepNewModel(exchange: Exchange): Promise<void> {
    keepExchange(exchange, await models.learn(exchange.model));
    await afterOne();
  }

  function afterOne(): Promise<void> | undefined {
    if (held.lines() >= batchLines) return hand(take());
    return ++kept % TURN_LINES === 0 ? turn() : undefined;
  }

  function keepExchange(exchange: Exchange, modelId: number): void {
    const exchangeKey = fingerprinter.exchangeKey(exchange.account_id, exchange.id);
    if (!recent.add(exchangeKey)) {
      held.repeats += 1;
      return;
    }
    const accountKey = fingerprinter.accountKey(exchange.account_id);
    if (!known.has(accountKey)) held.accounts.set(accountKey, exchange.account_id);
    const { traits, marks, capability, accessPath } = fingerprinter.exchange(exchange);
    held.add({
      accountKey,
      occurredAt: exchange.occurred_at,
      exchangeKey,
      inputTokens: exchange.input_tokens,
      outputTokens: exchange.output_tokens,
      reasoningTokens: exchange.reasoning_tokens,
      modelId,
      marks,
      outcome: exchange.outcome === undefined ? 0 : Outcomes.indexOf(exchange.outcome),
      capability,
      accessPath,
      traits,
    });
  }

  function take(): ExchangeBatch {
    const batch = held;
    held = createExchangeBatch();
    return batch;
  }

  /** Hands a batch to the database, once it is done with the last one. */
  async function hand(batch: ExchangeBatch): Promise<void> {
    await writing;
    writing = write(batch);
    // The fault is thrown where the next batch or the flush waits for it.
    writing.catch(() => {});
  }

  async function write(batch: ExchangeBatch): Promise<void> {
    if (batch.lines() === 0 && guard === undefined) return;
    const written = await writeBatch(pool, batch, { source, now: clock(), guard, repeats });
    // A file that is loaded once more repeats from its first line to its last.
    repeats = written.duplicates > batch.repeats;
    counts.accepted += written.accepted;
    counts.duplicates += written.duplicates;
    counts.quarantined += written.quarantined;
    if (known.size > MOST_KNOWN) known.clear();
    for (const key of batch.accounts.keys()) known.add(key);
  }

  return {
    read,
    keep,
    take() {
      const batch = take();
      return async () => {
        await hand(batch);
        await writing;
      };
    },
    async flush() {
      await hand(take());
      await writing;
      return { ...counts };
    },
    async close() {
      await writing.catch(() => {});
    },
  };
}

function parse(text: string, { adapt, deepest }: Partial<Adapter> = {}): Parsed<Exchange>[] {
  if (adapt === undefined) return [parseRecord(text, Exchange, { quick: quickExchange })];
  const depth = deepest === undefined ? {} : { deepest };
  return parseForeign(text, Exchange, { adapt, ...depth }, { quick: quickExchange });
}

/** Accounts that are known to have a row: past this many they are asked for anew. */
const MOST_KNOWN = 500_000;
