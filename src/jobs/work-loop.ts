import type { Log } from '../log.ts';

export interface WorkLoop {
  start(): void;
  /** Looks for work now instead of at the next interval. */
  wake(): void;
  /** Waits for the row under way. */
  stop(): Promise<void>;
}

/**
 * Calls a worker on the outbox or the ledger again and again, never twice at once. A wake is a hint: what it misses, the
 * interval finds.
 */
export function createWorkLoop({
  work,
  log,
  told,
  intervalMs = 2_000,
}: {
  /** One round; returns how much came to what. */
  work: () => Promise<Record<string, number>>;
  log: Log;
  /** What the log calls a round in which anything was done. */
  told: string;
  intervalMs?: number;
}): WorkLoop {
  let state: 'stopped' | 'idle' | 'working' = 'stopped';
  let again = false;
  let timer: NodeJS.Timeout | undefined;
  let round: Promise<void> = Promise.resolve();

  async function run(): Promise<void> {
    state = 'working';
    do {
      again = false;
      try {
        const counts = await work();
        if (Object.values(counts).some((count) => count > 0)) log.info(counts, told);
      } catch (fault) {
        log.error({ err: fault }, `${told}: not this time, it is tried again`);
      }
    } while (again && isRunning());
    if (!isRunning()) return;
    state = 'idle';
    timer = setTimeout(begin, intervalMs);
  }

  function begin(): void {
    clearTimeout(timer);
    round = run();
  }

  // A function, because the state changes while the loop awaits.
  function isRunning(): boolean {
    return state !== 'stopped';
  }

  return {
    start() {
      if (state === 'stopped') begin();
    },
    wake() {
      if (state === 'working') again = true;
      else if (state === 'idle') begin();
    },
    async stop() {
      state = 'stopped';
      clearTimeout(timer);
      await round;
    },
  };
}
