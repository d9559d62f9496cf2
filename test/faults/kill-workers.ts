import type { Worker } from './launch-worker.ts';

export interface Killing<Point extends string> {
  points: readonly Point[];
  /** How many are to die, as many at each point. */
  kills: number;
  launch: () => Promise<Worker<Point>>;
  clock: { now: () => number; advance: (ms: number) => void };
  /** Longer than the lease on what they hold. */
  pastLeaseMs: number;
  /** A point is passed fewer times than this before the death there. */
  passes: number;
  /** Whole numbers below a bound. */
  random: (below: number) => number;
  /** Makes something for the next one to do, `round` from 1. */
  prepare: (round: number) => Promise<void>;
  /** Resolves when the other side is done with all that it was asked. */
  answered: () => Promise<unknown>;
}

/**
 * Kills workers by SIGKILL, each at the next of the points, and lets time pass beyond their leases. What one leaves is the
 * next one's work. How many died at each point, and how many rounds it took: in some a worker does not come by its point.
 */
export async function killWorkers<Point extends string>(
  options: Killing<Point>,
): Promise<{ killed: Record<Point, number>; rounds: number }> {
  const { points, kills, launch, clock, random, answered } = options;
  const killed = Object.fromEntries(points.map((point) => [point, 0])) as Record<Point, number>;
  // Starting one takes longer than killing one: the next start while the first works.
  const waiting = [launch()];
  let rounds = 0;
  for (let done = 0; done < kills; ) {
    rounds += 1;
    if (done + waiting.length < kills) waiting.push(launch());
    await options.prepare(rounds);
    const point = points[done % points.length];
    const worker = await (waiting.shift() ?? launch());
    if (point === undefined) throw new Error('there is no point to die at');
    worker.order({ now: clock.now(), stopAt: { point, passes: random(options.passes) } });
    const isThere = (await worker.word()) === point;
    // The request may have reached the other side by then, or may never do so: both happen.
    if (isThere && point === 'request_sent' && random(2) === 0) await answered();
    await worker.kill();
    await answered();
    clock.advance(options.pastLeaseMs);
    if (!isThere) continue;
    killed[point] += 1;
    done += 1;
  }
  for (const worker of waiting) await (await worker).kill();
  return { killed, rounds };
}
