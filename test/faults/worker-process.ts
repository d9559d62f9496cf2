import { createPool } from '../../src/db/pool.ts';
import { createDeliverer } from '../../src/jobs/deliver.ts';
import type { DeliveryPoint } from '../../src/jobs/send-delivery.ts';
import { silentLog } from '../../src/log.ts';
import { createNotifier } from '../../src/slack/notifier.ts';
import { createPeople } from '../../src/slack/people.ts';
import { createWebClient } from '../../src/slack/web-client.ts';

/** What the tests tell it: the time, whether to begin a round, and at which point to stop until it is told the time again. */
export interface Order {
  now: number;
  stopAt?: { point: DeliveryPoint; passes: number };
}
/** What it says. */
export type Word = 'up' | 'round over' | DeliveryPoint;

/** A delivery worker in a process of its own, for tests that kill or stop it. */
const [url = '', apiUrl = '', botToken = ''] = process.argv.slice(2);
let now = 0;
let goOn: (() => void) | undefined;
let stopAt: Order['stopAt'];
const say = (word: Word) => process.send?.(word);
const clock = {
  now: () => now,
  sleep: async (ms: number) => {
    now += ms;
  },
};
const client = createWebClient({ botToken, apiUrl, log: silentLog, timeoutMs: 5_000 });
const work = createDeliverer({
  pool: createPool(url, { log: silentLog, applicationName: 'worker to be killed' }),
  notifier: createNotifier(client),
  people: createPeople({ client, now: clock.now }),
  alertChannel: 'abuse-alerts',
  clock,
  random: () => 0.5,
  log: silentLog,
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
process.on('message', (order: Order) => {
  now = order.now;
  stopAt = order.stopAt;
  const stopped = goOn;
  goOn = undefined;
  if (stopped === undefined) void work().then(() => say('round over'));
  else stopped();
});
process.on('disconnect', () => process.exit());
say('up');
