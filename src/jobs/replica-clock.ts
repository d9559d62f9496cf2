import type { Log } from '../log.ts';

export interface ReplicaClock {
  /** The database's time as far as is known, epoch milliseconds. */
  now: () => number;
  /** Asks the database; where it does not answer, what it said last goes on. */
  refresh: () => Promise<void>;
}

/**
 * The time that leases are held by. Replicas compare each other's leases: by their own clocks, one that is minutes ahead
 * would take a row from its holder in the middle of the request, and post it twice.
 */
export function createReplicaClock({
  databaseNow,
  own,
  log,
}: {
  databaseNow: () => Promise<number>;
  own: () => number;
  log: Log;
}): ReplicaClock {
  let aheadMs = 0;
  return {
    now: () => own() + aheadMs,
    async refresh() {
      try {
        aheadMs = (await databaseNow()) - own();
      } catch (fault) {
        log.warn({ err: fault }, "the database's clock could not be read; leases go by what it said last");
      }
    },
  };
}
