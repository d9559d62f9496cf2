import { evenDays } from '../../src/detections/even-days.ts';
import { cron, DAY, quota } from '../../src/simulation/rhythm.ts';
import { describeDetection } from './describe-detection.ts';
import { type Life, people, queue, START } from './world.ts';

/** Since five days before the world's start: seven whole days lie between the first and the last. */
const since = (rhythm: Life['rhythm'], from = START - 5 * DAY): Life => ({ from, ...(rhythm ? { rhythm } : {}) });
const counts = (days: readonly number[]): Life =>
  since((day) => {
    const count = days[(day - START) / DAY + 5] ?? 0;
    return Array.from({ length: count }, (_, index) => day + (index + 0.5) * (DAY / count));
  });

describeDetection(evenDays, {
  fires: {
    'a quota that is kept to the exchange': (world) => world.pool(6, since(quota(13))),
    'a quota with some slack, by day alone': (world) =>
      world.pool(
        6,
        since((day, random) => quota(40, 4)(day, random).map((at) => day + (at - day) / 3)),
      ),
    // A cron job is no theft: this supports what other families say, and accuses nobody.
    'a cron job': (world) => [world.add(since(cron(60, 5, 1)))],
    'days that differ as chance lets them': (world) => [world.add(counts([3, 28, 21, 24, 30, 20, 26, 9]))],
    'as few whole days as the threshold, and a first day cut off': (world) => [
      world.add(counts([0, 0, 0, 2, 25, 25, 25, 7])),
    ],
  },
  staysQuiet: {
    'people with good days and bad': (world) => world.pool(20, since(people(30, 2))),
    'one whole day fewer than the threshold': (world) => world.pool(5, since(queue(60), START - DAY)),
    'days that differ a little more than chance': (world) => world.add(counts([3, 30, 14, 24, 38, 12, 30, 9])),
    'a quota below the threshold': (world) => world.pool(5, since(quota(9))),
    'a burst on every other day': (world) => world.add(counts([5, 90, 0, 10, 80, 0, 70, 5])),
  },
});
