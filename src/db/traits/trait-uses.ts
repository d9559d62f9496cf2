import type { ExchangeTraits } from './exchange-traits.ts';
import { createKeyTable, type Keys } from './key-table.ts';

/** Every use of a trait in some exchanges. Traits and accounts are said by their places. */
export interface TraitUses {
  accounts: Keys;
  /** Of each exchange: its account; its time, in microseconds from 2000; its marks. */
  account: Int32Array;
  time: Float64Array;
  mark: Int16Array;
  /** Of each use: its trait, and its exchange. */
  trait: Int32Array;
  row: Int32Array;
  /** Where parts of the uses end, of which none has a trait of another's. */
  parts: Int32Array;
  traits: Traits;
}

/** Traits, a place each, with how often they were used, and whether by more than one account. */
interface Traits extends Keys {
  uses: (place: number) => number;
  isShared: (place: number) => boolean;
}

const USES_PER_PART = 2_048;
const MOST_PART_BITS = 12;

/** Part by part: a hash table of a million traits waits for memory at each of its look-ups, one of two thousand never. */
export function sortTraitUses(blocks: readonly ExchangeTraits[]): TraitUses {
  const rows = blocks.reduce((sum, block) => sum + block.rows, 0);
  const count = blocks.reduce((sum, block) => sum + (block.ends[block.rows - 1] ?? 0) / 2, 0);
  const accounts = createKeyTable();
  const of = { account: new Int32Array(rows), time: new Float64Array(rows), mark: new Int16Array(rows) };
  const { starts, parts, partOf } = divide(blocks, count);
  const high = new Int32Array(count);
  const low = new Int32Array(count);
  const row = new Int32Array(count);
  let at = 0;
  for (const block of blocks) {
    let next = 0;
    for (let here = 0; here < block.rows; here += 1) {
      of.account[at] = accounts.put(block.accounts[2 * here] ?? 0, block.accounts[2 * here + 1] ?? 0);
      of.time[at] = block.times[here] ?? 0;
      of.mark[at] = block.marks[here] ?? 0;
      const end = block.ends[here] ?? next;
      for (; next < end; next += 2) {
        const part = partOf(block.traits[next + 1] ?? 0);
        const use = starts[part] ?? 0;
        starts[part] = use + 1;
        high[use] = block.traits[next] ?? 0;
        low[use] = block.traits[next + 1] ?? 0;
        row[use] = at;
      }
      at += 1;
    }
  }
  return { accounts, ...of, row, parts, ...nameTraits(high, low, row, of.account, parts) };
}

/** Where each part begins and ends; a trait's is what the first bits of its low half say, which are all hash. */
function divide(blocks: readonly ExchangeTraits[], count: number) {
  let bits = 0;
  while (bits < MOST_PART_BITS && count >> bits > USES_PER_PART) bits += 1;
  const partOf = (low: number): number => (bits === 0 ? 0 : low >>> (32 - bits));
  const starts = new Int32Array(1 << bits);
  for (const { traits, rows, ends } of blocks) {
    const end = ends[rows - 1] ?? 0;
    for (let at = 1; at < end; at += 2) {
      const part = partOf(traits[at] ?? 0);
      starts[part] = (starts[part] ?? 0) + 1;
    }
  }
  const parts = new Int32Array(starts.length);
  let sum = 0;
  for (let part = 0; part < starts.length; part += 1) {
    const size = starts[part] ?? 0;
    starts[part] = sum;
    sum += size;
    parts[part] = sum;
  }
  return { starts, parts, partOf };
}

/** Gives each trait its place, and counts its uses. The halves are written over. */
function nameTraits(
  high: Int32Array,
  low: Int32Array,
  row: Int32Array,
  account: Int32Array,
  parts: Int32Array,
): { trait: Int32Array; traits: Traits } {
  const trait = new Int32Array(row.length);
  const uses = new Int32Array(row.length);
  const isShared = new Uint8Array(row.length);
  const first = new Int32Array(row.length);
  let size = 0;
  let use = 0;
  const table = createKeyTable(USES_PER_PART);
  for (const end of parts) {
    table.clear();
    const base = size;
    for (; use < end; use += 1) {
      const place = base + table.put(high[use] ?? 0, low[use] ?? 0);
      const by = account[row[use] ?? 0] ?? 0;
      if (place === size) {
        // There are no more traits than uses so far.
        high[size] = high[use] ?? 0;
        low[size] = low[use] ?? 0;
        first[size] = by;
        size += 1;
      } else if (first[place] !== by) isShared[place] = 1;
      uses[place] = (uses[place] ?? 0) + 1;
      trait[use] = place;
    }
  }
  const traits = {
    size: () => size,
    high: (place: number) => high[place] ?? 0,
    low: (place: number) => low[place] ?? 0,
    uses: (place: number) => uses[place] ?? 0,
    isShared: (place: number) => isShared[place] === 1,
  };
  return { trait, traits };
}
