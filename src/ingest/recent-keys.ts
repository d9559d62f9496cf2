/** Keyed 64-bit hashes seen of late: at least the last `size / 2`, at most `size`. */
export interface RecentKeys {
  /** Notes a key; false where it was noted of late. */
  add(key: bigint): boolean;
  /** The same of a key in two signed halves, of which no number past 32 bits is made. */
  addHalves(high: number, low: number): boolean;
}

/** A generation's slots, two numbers each; both 0 where there is no key. */
const FIRST_SLOTS = 1024;

export function createRecentKeys(size: number): RecentKeys {
  const most = Math.ceil(size / 2);
  let newer = createKeySet();
  let older = createKeySet();
  const whole = new BigInt64Array(1);
  const halves = new Int32Array(whole.buffer);

  function addHalves(high: number, low: number): boolean {
    if (newer.has(high, low) || older.has(high, low)) return false;
    if (newer.count() >= most) {
      older = newer;
      newer = createKeySet();
    }
    newer.add(high, low);
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

/** A set of 64-bit keys, open addressing: a fifteenth of what a `Set<bigint>` takes. They are hashes, and spread by themselves. */
function createKeySet() {
  let slots = new Int32Array(2 * FIRST_SLOTS);
  let mask = FIRST_SLOTS - 1;
  let count = 0;
  let hasZero = false;

  /** Where a key stands, or would. */
  function find(high: number, low: number): number {
    for (let slot = low & mask; ; slot = (slot + 1) & mask) {
      const foundLow = slots[2 * slot] ?? 0;
      const foundHigh = slots[2 * slot + 1] ?? 0;
      if ((foundLow === low && foundHigh === high) || (foundLow === 0 && foundHigh === 0)) return 2 * slot;
    }
  }

  function put(high: number, low: number): void {
    const at = find(high, low);
    slots[at] = low;
    slots[at + 1] = high;
  }

  function grow(): void {
    const full = slots;
    slots = new Int32Array(2 * full.length);
    mask = slots.length / 2 - 1;
    for (let at = 0; at < full.length; at += 2) {
      const low = full[at] ?? 0;
      const high = full[at + 1] ?? 0;
      if (low !== 0 || high !== 0) put(high, low);
    }
  }

  return {
    count: () => count,
    has(high: number, low: number): boolean {
      if (high === 0 && low === 0) return hasZero;
      const at = find(high, low);
      return slots[at] === low && slots[at + 1] === high;
    },
    add(high: number, low: number): void {
      count += 1;
      if (high === 0 && low === 0) {
        hasZero = true;
        return;
      }
      if (4 * count > slots.length) grow();
      put(high, low);
    },
  };
}
