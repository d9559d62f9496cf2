/** 64-bit keys, each at a place: 0, 1, 2 … A key is two signed halves, of which no number past 32 bits is made. */
export interface Keys {
  size(): number;
  high: (place: number) => number;
  low: (place: number) => number;
}

/** Keys that are found by themselves, at a fifteenth of what a `Map` of bigints takes. */
export interface KeyTable extends Keys {
  /** A key's place, or -1. */
  find(high: number, low: number): number;
  /** A key's place; the next one where it has none yet. */
  put(high: number, low: number): number;
  /** Takes all keys out. */
  clear(): void;
}

const FIRST_SLOTS = 1 << 10;

/** `expected`: how many keys are probably put. */
export function createKeyTable(expected = 0): KeyTable {
  let slotCount = FIRST_SLOTS;
  while (slotCount < 2 * expected) slotCount *= 2;
  /** Open addressing: a place and one, 0 where there is none. At most half are taken. */
  let slots = new Int32Array(0);
  let mask = 0;
  let keys = new Int32Array(0);
  let size = 0;
  makeRoom(slotCount);

  function makeRoom(most: number): void {
    slots = new Int32Array(most);
    mask = most - 1;
    keys = new Int32Array(most);
  }

  /** The slot that a key stands in, or would. */
  function slotOf(high: number, low: number): number {
    for (let slot = mixed(high, low) & mask; ; slot = (slot + 1) & mask) {
      const at = 2 * ((slots[slot] ?? 0) - 1);
      if (at < 0 || (keys[at] === high && keys[at + 1] === low)) return slot;
    }
  }

  function grow(): void {
    const before = keys;
    makeRoom(2 * slots.length);
    keys.set(before);
    for (let place = 0; place < size; place += 1) {
      slots[slotOf(keys[2 * place] ?? 0, keys[2 * place + 1] ?? 0)] = place + 1;
    }
  }

  return {
    size: () => size,
    find: (high, low) => (slots[slotOf(high, low)] ?? 0) - 1,
    put(high, low) {
      const slot = slotOf(high, low);
      const place = (slots[slot] ?? 0) - 1;
      if (place >= 0) return place;
      slots[slot] = size + 1;
      keys[2 * size] = high;
      keys[2 * size + 1] = low;
      size += 1;
      if (2 * size >= slots.length) grow();
      return size - 1;
    },
    clear() {
      // Of parts of traits one in hundreds has one that everybody shows: its room would be gone over for each of the others.
      if (slots.length > slotCount && 8 * size < slots.length) makeRoom(slotCount);
      else slots.fill(0);
      size = 0;
    },
    high: (place) => keys[2 * place] ?? 0,
    low: (place) => keys[2 * place + 1] ?? 0,
  };
}

/** The two signed halves of a key. */
export const halvesOf = (key: bigint): [high: number, low: number] => [
  Number(BigInt.asIntN(32, key >> 32n)),
  Number(BigInt.asIntN(32, key)),
];

/** Both halves in every bit: places and days are keys here as well as hashes. */
export function mixed(high: number, low: number): number {
  let hash = Math.imul(high, 0x9e3779b1) ^ low;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
