import { describe, expect, it, vi } from 'vitest';
import { createWorkLoop } from '../../src/jobs/work-loop.ts';
import { silentLog } from '../../src/log.ts';

const NOTHING = { sent: 0, retry: 0, unknown: 0, dead: 0, lost: 0 };

/** Work whose rounds end when the test says so. */
function steppedWork() {
  const rounds: PromiseWithResolvers<void>[] = [];
  let most = 0;
  let under = 0;
  return {
    rounds,
    atOnce: () => most,
    work: async () => {
      const round = withResolvers();
      rounds.push(round);
      under += 1;
      most = Math.max(most, under);
      await round.promise.finally(() => (under -= 1));
      return NOTHING;
    },
  };
}

interface PromiseWithResolvers<T> {
  promise: Promise<T>;
  resolve: (value: T) => void;
  reject: (fault: Error) => void;
}

function withResolvers(): PromiseWithResolvers<void> {
  let settle: Pick<PromiseWithResolvers<void>, 'resolve' | 'reject'> = { resolve: () => {}, reject: () => {} };
  const promise = new Promise<void>((resolve, reject) => {
    settle = { resolve, reject };
  });
  return { promise, ...settle };
}

describe('work loop', () => {
  it('looks again when woken during a round, never twice at once, and ends with its round', async () => {
    const { work, rounds, atOnce } = steppedWork();
    const loop = createWorkLoop({ work, log: silentLog, told: 'rounds', intervalMs: 3_600_000 });
    loop.wake();
    expect(rounds).toHaveLength(0);
    loop.start();
    loop.start();
    loop.wake();
    loop.wake();
    rounds[0]?.resolve();
    await vi.waitFor(() => expect(rounds).toHaveLength(2));
    const stopped = loop.stop();
    rounds[1]?.resolve();
    await stopped;
    loop.wake();
    expect(rounds).toHaveLength(2);
    expect(atOnce()).toBe(1);
  });

  it('goes on after a fault', async () => {
    const { work, rounds } = steppedWork();
    const loop = createWorkLoop({ work, log: silentLog, told: 'rounds', intervalMs: 1 });
    loop.start();
    rounds[0]?.reject(new Error('the database is away'));
    await vi.waitFor(() => expect(rounds).toHaveLength(2));
    const stopped = loop.stop();
    rounds[1]?.resolve();
    await stopped;
    expect(rounds).toHaveLength(2);
  });
});
