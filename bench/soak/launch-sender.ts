import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { SendCounts } from './send-batches.ts';
import type { Job } from './send-process.ts';

const SCRIPT = path.resolve(import.meta.dirname, 'send-process.ts');

export interface Sender {
  /** Sends to an address from now on until it is ended; rejects where it fails. */
  send(url: string, signal: AbortSignal): Promise<void>;
  /** As it was a second ago at most; final once `send` has returned. */
  counts(): SendCounts;
  kill(): void;
}

/** Resolves when the past is in the database. */
export async function launchSender(job: Job): Promise<Sender> {
  const child: ChildProcess = fork(SCRIPT, [JSON.stringify(job)], { execArgv: ['--import', 'tsx'] });
  const gone = endOf(child);
  // It may fail before anybody waits for its end.
  gone.catch(() => {});
  let counts: SendCounts | undefined;
  await Promise.race([once(child, 'message'), gone]);
  child.on('message', (told: SendCounts) => {
    counts = told;
  });
  return {
    async send(url, signal) {
      child.send(url);
      signal.addEventListener('abort', () => child.connected && child.send('end'), { once: true });
      await gone;
    },
    counts() {
      if (counts === undefined) throw new Error('the sender has told nothing yet');
      return counts;
    },
    kill: () => void child.kill('SIGKILL'),
  };
}

async function endOf(child: ChildProcess): Promise<void> {
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`the sender ended with status ${String(code)}`);
}
