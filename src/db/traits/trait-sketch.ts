import { type ExchangeTraits, eachTrait } from './exchange-traits.ts';
import { createKeyTable, mixed } from './key-table.ts';
import { isText, TEXT_USES } from './shared-traits.ts';

/**
 * Which traits of more exchanges than can be held may be shared: several fall into a cell, so it says yes of some that
 * are not, and never no of one that is.
 */
export interface TraitSketch {
  add: (exchanges: ExchangeTraits) => void;
  mayBeWorthKeeping: (high: number, low: number) => boolean;
}

/** A byte for each cell of text, four for each of the others; most exchanges have a dozen of the former, a few of the latter. */
const LEAST_CELLS = 1 << 16;
const MOST_CELLS = 1 << 24;
const CELLS_PER_EXCHANGE = 8;
/** In a cell of others: nobody; one account, by its place and one; several. */
const NOBODY = 0;
const SEVERAL = -1;

/** `exchanges`: about how many will be added. `isNew`: of any other traits it says no. */
export function createTraitSketch(exchanges: number, isNew: (high: number, low: number) => boolean): TraitSketch {
  let count = LEAST_CELLS;
  while (count < MOST_CELLS && count < exchanges * CELLS_PER_EXCHANGE) count *= 2;
  const textUses = new Uint8Array(count);
  const users = new Int32Array(count);
  const accounts = createKeyTable();

  return {
    add(some) {
      const places = new Int32Array(some.rows);
      for (let row = 0; row < some.rows; row += 1) {
        places[row] = accounts.put(some.accounts[2 * row] ?? 0, some.accounts[2 * row + 1] ?? 0);
      }
      eachTrait(some, (high, low, row) => {
        if (!isNew(high, low)) return;
        const cell = mixed(high, low) & (count - 1);
        if (isText(high)) {
          const uses = textUses[cell] ?? 0;
          if (uses < TEXT_USES) textUses[cell] = uses + 1;
          return;
        }
        const user = (places[row] ?? 0) + 1;
        const before = users[cell] ?? NOBODY;
        if (before !== user) users[cell] = before === NOBODY ? user : SEVERAL;
      });
    },
    mayBeWorthKeeping(high, low) {
      const cell = mixed(high, low) & (count - 1);
      if (isText(high) ? (textUses[cell] ?? 0) < TEXT_USES : users[cell] !== SEVERAL) return false;
      return isNew(high, low);
    },
  };
}
