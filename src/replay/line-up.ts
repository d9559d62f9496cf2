/** Work that is done one after the other, behind whoever brings it, who may be ahead by a bounded size. */
export interface LineUp {
  /** Lines work up, and waits while more than the bound is waiting. Throws what earlier work threw. */
  add(size: number, work: () => Promise<void>): Promise<void>;
  /** Waits for all of it. Throws what any of it threw: nothing is done after that. */
  done(): Promise<void>;
  /** Waits for what is under way, and drops the rest. */
  drop(): Promise<void>;
}

export function createLineUp(most: number): LineUp {
  const waiting: { size: number; done: Promise<void> }[] = [];
  let size = 0;
  let last: Promise<void> = Promise.resolve();
  let dropped = false;
  return {
    async add(added, work) {
      last = last.then(() => (dropped ? undefined : work()));
      // The fault is thrown where it is waited for.
      last.catch(() => {});
      waiting.push({ size: added, done: last });
      size += added;
      while (size > most) {
        const oldest = waiting.shift();
        if (oldest === undefined) break;
        await oldest.done;
        size -= oldest.size;
      }
    },
    done: () => last,
    async drop() {
      dropped = true;
      await last.catch(() => {});
    },
  };
}
