/** Keys seen of late: at least the last `size / 2`, at most `size`. */
export interface RecentKeys {
  /** Notes a key; false where it was noted of late. */
  add(key: bigint): boolean;
}

export function createRecentKeys(size: number): RecentKeys {
  let newer = new Set<bigint>();
  let older = new Set<bigint>();
  return {
    add(key) {
      if (newer.has(key) || older.has(key)) return false;
      if (newer.size >= size / 2) {
        older = newer;
        newer = new Set();
      }
      newer.add(key);
      return true;
    },
  };
}
