import { createCopyRows } from '../db/exchange-copy.ts';
import type { QuarantinedLine } from '../db/quarantine.ts';
import type { Reading } from './exchange-reader.ts';
import type { Fingerprinter } from './fingerprint.ts';
import { createRecentKeys } from './recent-keys.ts';
import { type Exchange, Outcomes } from './records.ts';

/**
 * What was read of some lines, in their order and in numbers alone: flat, so that one thread can give it to another. An entry
 * is an exchange or a bad line.
 */
export interface ExchangePiece {
  /** Of each entry: when the exchange was, in epoch milliseconds; NaN for a bad line. */
  times: Float64Array<ArrayBuffer>;
  /** Rows for COPY that lack their batch and their model. */
  rows: Uint8Array<ArrayBuffer>;
  /** Of each entry: where its row ends, which is where the one before ended for a bad line. */
  ends: Uint32Array<ArrayBuffer>;
  /** Names of models, and of each entry which one it is. */
  models: string[];
  modelOf: Uint32Array<ArrayBuffer>;
  /** Ids of accounts that were not told of late, each at its entry. */
  accounts: { entry: number; id: string }[];
  bad: QuarantinedLine[];
}

export interface PieceMaker {
  /** Entries since the last piece. */
  readonly entries: number;
  add(reading: Reading): void;
  finish(): ExchangePiece;
}

/** Accounts whose ids were told of late, and need not be told again. */
const TOLD_ACCOUNTS = 100_000;
const ROW_BYTES = 256;
const FIRST_ENTRIES = 64;

/** Makes pieces, one after the other, of what was read. */
export function createPieceMaker(fingerprinter: Fingerprinter): PieceMaker {
  const told = createRecentKeys(TOLD_ACCOUNTS);
  let expected = FIRST_ENTRIES * ROW_BYTES;
  let rows = createCopyRows(expected);
  let times: number[] = [];
  let ends: number[] = [];
  let modelOf: number[] = [];
  let models = new Map<string, number>();
  let accounts: ExchangePiece['accounts'] = [];
  let bad: QuarantinedLine[] = [];

  function numberOf(model: string): number {
    const known = models.get(model);
    if (known !== undefined) return known;
    models.set(model, models.size);
    return models.size - 1;
  }

  function addExchange(exchange: Exchange): void {
    const accountKey = fingerprinter.accountKey(exchange.account_id);
    if (told.add(accountKey)) accounts.push({ entry: times.length, id: exchange.account_id });
    const { traits, marks, capability, accessPath } = fingerprinter.exchange(exchange);
    rows.add({
      accountKey,
      occurredAt: exchange.occurred_at,
      exchangeKey: fingerprinter.exchangeKey(exchange.account_id, exchange.id),
      inputTokens: exchange.input_tokens,
      outputTokens: exchange.output_tokens,
      reasoningTokens: exchange.reasoning_tokens,
      marks,
      outcome: exchange.outcome === undefined ? 0 : Outcomes.indexOf(exchange.outcome),
      capability,
      accessPath,
      traits,
    });
    times.push(exchange.occurred_at);
    modelOf.push(numberOf(exchange.model));
  }

  return {
    get entries() {
      return times.length;
    },
    add(reading) {
      if ('exchange' in reading) addExchange(reading.exchange);
      else {
        bad.push(reading.bad);
        times.push(Number.NaN);
        modelOf.push(0);
      }
      ends.push(rows.end);
    },
    finish() {
      const piece: ExchangePiece = {
        times: Float64Array.from(times),
        rows: rows.finish(),
        ends: Uint32Array.from(ends),
        models: [...models.keys()],
        modelOf: Uint32Array.from(modelOf),
        accounts,
        bad,
      };
      // The next one is probably as large.
      expected = Math.max(FIRST_ENTRIES * ROW_BYTES, piece.rows.length + ROW_BYTES);
      rows = createCopyRows(expected);
      times = [];
      ends = [];
      modelOf = [];
      models = new Map();
      accounts = [];
      bad = [];
      return piece;
    },
  };
}
