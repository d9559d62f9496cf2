import { createKeyTable } from '../db/traits/key-table.ts';

/** Keyed 64-bit hashes seen of late: at least the last `size / 2`, at most `size`. */
export interface RecentKeys {
  /** Notes a key; false where it was noted of late. */
  add(key: bigint): boolean;
  /** The same of a key in two signed halves, of which no number past 32 bits is made. */
  addHalves(high: number, low: number): boolean;
}

export function createRecentKeys(size: number): RecentKeys {
  const most = Math.ceil(size / 2);
  let newer = createKeyTable();
  let older = createKeyTable();
  const whole = new BigInt64Array(1);
  const halves = new Int32Array(whole.buffer);

  function addHalves(high: number, low: number): boolean {
    if (newer.find(high, low) >= 0 || older.find(high, low) >= 0) return false;
    if (newer.size() >= most) {
      older = newer;
      newer = createKeyTable();
    }
    newer.put(high, low);
    return true;
  }

  return {
    addHalves,
    add(key) {
      whole[0] = key;
      return addHalves(halves[1] ?? 0, halves[0] ?? 0);
    },
  };
}
