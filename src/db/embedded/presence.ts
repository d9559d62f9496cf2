import { Client } from 'pg';
import type { Log } from '../../log.ts';

/**
 * Who uses a server is told by a lock on it: each Retort holds it shared for as long as it lives, on a connection that
 * dies with it. Whoever gets the lock alone knows that nobody else is there, and may shut the server down.
 */
export interface Presence {
  /** Whether nobody is there but us; if so, nobody can come in either until we close. */
  takeAlone(): Promise<boolean>;
  /** Enters beside others; false where somebody is about to shut the server down. */
  share(): Promise<boolean>;
  /** Gives up our place; true where nobody else is there. */
  leaveAsLast(): Promise<boolean>;
  close(): Promise<void>;
}

const LOCK = 5_283_917;

/** A connection to stand on. Throws where the server cannot be reached. */
export async function openPresence(url: string, log: Log): Promise<Presence> {
  const client = new Client({ connectionString: url, application_name: 'retort presence', keepAlive: true });
  client.on('error', (fault) => log.debug({ err: fault }, 'the connection that marks our presence was lost'));
  await client.connect();
  const ask = async (lock: string) => {
    const { rows } = await client.query<{ done: boolean }>(`select ${lock}(${LOCK}) as done`);
    return rows[0]?.done === true;
  };
  const takeAlone = async () => ask('pg_try_advisory_lock');
  return {
    takeAlone,
    share: async () => ask('pg_try_advisory_lock_shared'),
    async leaveAsLast() {
      try {
        await ask('pg_advisory_unlock_shared');
        return await takeAlone();
      } catch {
        // The server is gone already: somebody, or something, has shut it down.
        return false;
      }
    },
    close: async () => client.end().catch(() => {}),
  };
}
