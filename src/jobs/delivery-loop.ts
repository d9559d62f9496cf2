import type { Log } from '../log.ts';
import type { DeliverResult } from './deliver.ts';

export interface DeliveryLoop {
  start(): void;
  /** Looks at the outbox now instead of at the next interval. */
  wake(): void;
  /** Waits for the row under way. */
  stop(): Promise<void>;
}

/** Calls a deliverer again and again, never twice at once. A wake is a hint: what it misses, the interval finds. */
export function createDeliveryLoop({
  deliver,
  log,
  intervalMs = 2_000,
}: {
  deliver: () => Promise<DeliverResult>;
  log: Log;
  intervalMs?: number;
}): DeliveryLoop {
  let state: 'stopped' | 'idle' | 'working' = 'stopped';
  let again = false;
  let timer: NodeJS.Timeout | undefined;
  let round: Promise<void> = Promise.resolve();

  async function work(): Promise<void> {
    state = 'working';
    do {
      again = false;
      try {
        const { sent, ...rest } = await deliver();
        if (sent + rest.retry + rest.unknown + rest.dead + rest.lost > 0)
          log.info({ sent, ...rest }, 'posts delivered');
      } catch (fault) {
        log.error({ err: fault }, 'the outbox could not be read; it is tried again');
      }
    } while (again && isRunning());
    if (!isRunning()) return;
    state = 'idle';
    timer = setTimeout(begin, intervalMs);
  }

  function begin(): void {
    clearTimeout(timer);
    round = work();
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
