import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import type { Sandbox } from '../../sandbox/server.ts';
import type { EnforcePoint } from '../../src/jobs/enforce.ts';
import type { EscalatePoint } from '../../src/jobs/escalate.ts';
import type { DeliveryPoint } from '../../src/jobs/send-delivery.ts';
import { program } from '../programs.ts';
import type { Order, Word } from './obey-orders.ts';

/** A worker in a process of its own. */
export interface Worker<Point extends string> {
  order(order: Order<Point>): void;
  /** The next thing that it says. */
  word(): Promise<Word<Point>>;
  /** Ends when it is gone. */
  kill(): Promise<void>;
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void;
}

export function launchDeliverer(databaseUrl: string, { apiUrl, tokens }: Sandbox): Promise<Worker<DeliveryPoint>> {
  return launch('delivery-process.ts', [databaseUrl, apiUrl, tokens.bot]);
}

/** `environment`: as the program reads it. */
export function launchEnforcer(
  databaseUrl: string,
  environment: Record<string, string>,
  { batchSize }: { batchSize: number },
): Promise<Worker<EnforcePoint>> {
  return launch('enforcement-process.ts', [databaseUrl, JSON.stringify(environment), String(batchSize)]);
}

/** `environment`: as the program reads it. */
export function launchEscalator(
  databaseUrl: string,
  environment: Record<string, string>,
): Promise<Worker<EscalatePoint>> {
  return launch('escalation-process.ts', [databaseUrl, JSON.stringify(environment)]);
}

async function launch<Point extends string>(script: string, args: string[]): Promise<Worker<Point>> {
  const child: ChildProcess = fork(program(`test/faults/${script}`), args, { execArgv: [] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const gone = once(child, 'exit');
  const words: Word<Point>[] = [];
  let heard = () => {};
  child.on('message', (word: Word<Point>) => {
    words.push(word);
    heard();
  });
  async function word(): Promise<Word<Point>> {
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
