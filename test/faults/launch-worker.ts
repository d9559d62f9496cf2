import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import type { Sandbox } from '../../sandbox/server.ts';
import { program } from '../programs.ts';
import type { Order, Word } from './worker-process.ts';

/** A delivery worker in a process of its own. */
export interface Worker {
  order(order: Order): void;
  /** The next thing that it says. */
  word(): Promise<Word>;
  /** Ends when it is gone. */
  kill(): Promise<void>;
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void;
}

export async function launchWorker(databaseUrl: string, sandbox: Sandbox): Promise<Worker> {
  const args = [databaseUrl, sandbox.apiUrl, sandbox.tokens.bot];
  const child: ChildProcess = fork(program('test/faults/worker-process.ts'), args, { execArgv: [] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const gone = once(child, 'exit');
  const words: Word[] = [];
  let heard = () => {};
  child.on('message', (word: Word) => {
    words.push(word);
    heard();
  });
  async function word(): Promise<Word> {
    if (words.length === 0) {
      await Promise.race([
        new Promise<void>((resolve) => {
          heard = resolve;
        }),
        gone.then(([code]) => {
          throw new Error(`the worker ended with ${String(code)}`);
        }),
      ]);
    }
    const next = words.shift();
    if (next === undefined) throw new Error('the worker was heard, and said nothing');
    return next;
  }
  if ((await word()) !== 'up') throw new Error('a worker began with something else');
  return {
    order: (order) => void child.send(order),
    word,
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
    signal: (signal) => void child.kill(signal),
  };
}
