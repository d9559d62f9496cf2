/** What a test tells a worker: the time, whether to begin a round, and at which point to stop until it is told the time again. */
export interface Order<Point extends string> {
  now: number;
  stopAt?: { point: Point; passes: number };
}
/** What the worker says. */
export type Word<Point extends string> = 'up' | 'round over' | Point;

interface Around<Point extends string> {
  /** Goes by what the test said last; sleeping moves it. */
  clock: { now: () => number; sleep: (ms: number) => Promise<void> };
  onPoint: (point: Point) => Promise<void>;
}

/** A worker in a process of its own, for tests that kill or stop it: it works when told to, and stands where told to. */
export function obeyOrders<Point extends string>(create: (around: Around<Point>) => () => Promise<unknown>): void {
  let now = 0;
  let goOn: (() => void) | undefined;
  let stopAt: Order<Point>['stopAt'];
  const say = (word: Word<Point>) => process.send?.(word);
  const work = create({
    clock: {
      now: () => now,
      sleep: async (ms) => {
        now += ms;
      },
    },
    async onPoint(point) {
      if (stopAt?.point !== point) return;
      stopAt.passes -= 1;
      if (stopAt.passes >= 0) return;
      say(point);
      await new Promise<void>((resolve) => {
        goOn = resolve;
      });
    },
  });
  process.on('message', (order: Order<Point>) => {
    now = order.now;
    stopAt = order.stopAt;
    const stopped = goOn;
    goOn = undefined;
    if (stopped === undefined) void work().then(() => say('round over'));
    else stopped();
  });
  process.on('disconnect', () => process.exit());
  say('up');
}
