import { setTimeout as wait } from 'node:timers/promises';
import { type Config, readConfig } from '../config.ts';
import { createLog, type Log } from '../log.ts';
import { type OpenDatabase, openDatabase } from '../open-database.ts';

/** What a command works with. */
export interface Session {
  config: Config;
  log: Log;
  database: OpenDatabase;
  /** Aborted by Ctrl-C, SIGTERM or a closed terminal; work that heeds it ends in order. */
  signal: AbortSignal;
}

/** A person or the system asked the program to end before its work was done. */
export class InterruptedError extends Error {
  override name = 'InterruptedError';
  constructor(signal: string) {
    super(`ended by ${signal} before the work was done`);
  }
}

/** How long work may go on after it was asked to end: with closing and leaving, ten seconds in all. */
const PATIENCE_MS = 5_000;

/**
 * Reads the configuration, opens the database, does `work` and closes all in order, whatever happens in between.
 * Interruptions are as in `interruptibly`.
 */
export async function withSession<T>(
  work: (session: Session) => Promise<T>,
  config: Config = readConfig(),
): Promise<T> {
  const log = createLog(config.logLevel);
  return interruptibly(log, async (signal) => {
    const database = await openDatabase(config, log);
    try {
      signal.throwIfAborted();
      return await Promise.race([work({ config, log, database, signal }), patience(signal)]);
    } finally {
      await database.close();
    }
  });
}

/**
 * Does `work` under a signal that Ctrl-C aborts. Work that was asked to end and returns has ended well; work that
 * throws then is an `InterruptedError`.
 */
export async function interruptibly<T>(log: Log, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const { signal, dispose } = endingSignal(log);
  try {
    return await work(signal);
  } catch (fault) {
    if (signal.aborted) throw signal.reason;
    throw fault;
  } finally {
    dispose();
  }
}

/** Within it a second signal is the first one again: npm passes on what the terminal has sent to us already. */
const ECHO_MS = 1_000;

/** Listens for the wish to end; a second one ends the program at once. */
function endingSignal(log: Log): { signal: AbortSignal; dispose: () => void } {
  const controller = new AbortController();
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  let askedAt = 0;
  const onSignal = (name: NodeJS.Signals) => {
    if (controller.signal.aborted) {
      if (performance.now() - askedAt > ECHO_MS) process.exit(1);
      return;
    }
    askedAt = performance.now();
    log.info({ signal: name }, 'ending; once more to end at once');
    controller.abort(new InterruptedError(name));
  };
  for (const name of names) process.on(name, onSignal);
  return {
    signal: controller.signal,
    dispose() {
      for (const name of names) process.off(name, onSignal);
    },
  };
}

/** Never returns; throws some time after the wish to end. */
async function patience(signal: AbortSignal): Promise<never> {
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  await wait(PATIENCE_MS, undefined, { ref: false });
  throw signal.reason;
}
