import type pg from 'pg';
import type { Sql } from 'sql-template-tag';
import { copyOutRows } from '../copy-out.ts';
import { written } from '../query.ts';

/** Exchanges with their traits, flat: thousands are held and gone through at a time. Of an exchange at `row`: */
export interface ExchangeTraits {
  rows: number;
  /** Its account, as two signed halves: high at `2 * row`, low behind it. */
  accounts: Int32Array;
  /** When it was, in microseconds from 2000, as PostgreSQL counts. */
  times: Float64Array;
  marks: Int16Array;
  /** Where its traits end in `traits`, and those of the next begin. */
  ends: Uint32Array;
  /** As accounts. */
  traits: Int32Array;
}

/** Where columns begin in a row: behind their count, and each behind its length. */
const ACCOUNT_AT = 6;
const TIME_AT = 18;
const MARKS_AT = 30;
const TRAITS_LENGTH_AT = 32;
const TRAITS_AT = 36;
/** What an array has before its elements: dimensions, flags, type; and, unless it is empty, its length and lower bound. */
const EMPTY_BYTES = 12;
const HEAD_BYTES = 20;
/** An element, of which the first four bytes are its length. */
const TRAIT_BYTES = 12;
const TWO_TO_32 = 2 ** 32;

/** Reads the exchanges, called `e`, that a condition holds for. */
export function readExchangeTraits(
  client: pg.PoolClient,
  condition: Sql,
  take: (exchanges: ExchangeTraits) => void,
): Promise<void> {
  const question = `select account_key, occurred_at, marks, traits from exchange e where ${written(condition)}`;
  return copyOutRows(client, question, (rows) => {
    const { exchanges, end } = readRows(rows);
    if (exchanges.rows > 0) take(exchanges);
    return end;
  });
}

/** The rows that are whole, and where they end. */
function readRows(view: DataView): { exchanges: ExchangeTraits; end: number } {
  const most = Math.floor(view.byteLength / (TRAITS_AT + EMPTY_BYTES));
  const accounts = new Int32Array(2 * most);
  const times = new Float64Array(most);
  const marks = new Int16Array(most);
  const ends = new Uint32Array(most);
  const traits = new Int32Array(2 * Math.floor(view.byteLength / TRAIT_BYTES));
  let rows = 0;
  let shown = 0;
  let at = 0;
  // What follows the last row is shorter than any row.
  while (at + TRAITS_AT <= view.byteLength) {
    const end = at + TRAITS_AT + view.getInt32(at + TRAITS_LENGTH_AT);
    if (end > view.byteLength) break;
    accounts[2 * rows] = view.getInt32(at + ACCOUNT_AT);
    accounts[2 * rows + 1] = view.getInt32(at + ACCOUNT_AT + 4);
    times[rows] = view.getInt32(at + TIME_AT) * TWO_TO_32 + view.getUint32(at + TIME_AT + 4);
    marks[rows] = view.getInt16(at + MARKS_AT);
    for (let trait = at + TRAITS_AT + HEAD_BYTES + 4; trait < end; trait += TRAIT_BYTES) {
      traits[shown] = view.getInt32(trait);
      traits[shown + 1] = view.getInt32(trait + 4);
      shown += 2;
    }
    ends[rows] = shown;
    rows += 1;
    at = end;
  }
  return { exchanges: { rows, accounts, times, marks, ends, traits }, end: at };
}

/** Calls `note` with each trait of each exchange. */
export function eachTrait(
  { rows, ends, traits }: ExchangeTraits,
  note: (high: number, low: number, row: number) => void,
): void {
  let next = 0;
  for (let row = 0; row < rows; row += 1) {
    const end = ends[row] ?? next;
    for (; next < end; next += 2) note(traits[next] ?? 0, traits[next + 1] ?? 0, row);
  }
}

/** The exchanges that show wanted traits, without their others; no larger than they need be. */
export function onlyTraits(
  { rows, accounts, times, marks, ends, traits }: ExchangeTraits,
  isWanted: (high: number, low: number) => boolean,
): ExchangeTraits {
  // Over themselves: what is left never comes behind what is read.
  let left = 0;
  let shown = 0;
  let next = 0;
  for (let row = 0; row < rows; row += 1) {
    const before = shown;
    const end = ends[row] ?? next;
    for (; next < end; next += 2) {
      const high = traits[next] ?? 0;
      const low = traits[next + 1] ?? 0;
      if (!isWanted(high, low)) continue;
      traits[shown] = high;
      traits[shown + 1] = low;
      shown += 2;
    }
    if (shown === before) continue;
    accounts[2 * left] = accounts[2 * row] ?? 0;
    accounts[2 * left + 1] = accounts[2 * row + 1] ?? 0;
    times[left] = times[row] ?? 0;
    marks[left] = marks[row] ?? 0;
    ends[left] = shown;
    left += 1;
  }
  return {
    rows: left,
    accounts: accounts.slice(0, 2 * left),
    times: times.slice(0, left),
    marks: marks.slice(0, left),
    ends: ends.slice(0, left),
    traits: traits.slice(0, shown),
  };
}
