import { noNight } from '../../src/detections/no-night.ts';
import { cron } from '../../src/simulation/rhythm.ts';
import { describeDetection } from './describe-detection.ts';
import { hour, people, queue, START } from './world.ts';

/** Exchanges in these hours of every day, three in each. */
const during = (hours: readonly number[]) => ({
  rhythm: (day: number) => hours.flatMap((at) => [0, 1, 2].map((part) => day + (at + part / 3) * 3_600_000)),
});
const HOURS = Array.from({ length: 24 }, (_, index) => index);

describeDetection(noNight, {
  fires: {
    'queues that never sleep': (world) => world.pool(6, { rhythm: queue(60) }),
    // A server is no theft: this supports what other families say, and accuses nobody.
    'a cron job that runs every hour': (world) => [world.add({ rhythm: cron(60, 5, 1) })],
    'a longest pause of four hours': (world) => [world.add(during(HOURS.filter((at) => at < 3 || at > 6)))],
    'shifts of different days that leave no hour free': (world) => [
      world.add({ rhythm: (day) => during(HOURS.slice(((day - START) / 86_400_000) * 8).slice(0, 8)).rhythm(day) }),
    ],
  },
  staysQuiet: {
    'people who sleep': (world) => world.pool(20, { rhythm: people(60, 2) }),
    'a pause of five hours': (world) => world.add(during(HOURS.filter((at) => at < 3 || at > 7))),
    'a pause of five hours across midnight': (world) => world.add(during(HOURS.slice(2, 21))),
    'a cron job every six hours': (world) => world.add({ rhythm: cron(360, 5, 4) }),
    'too few exchanges to tell': (world) =>
      world.pool(5, { rhythm: (day) => (day === START ? HOURS.slice(0, 23).map((at) => hour(0, at)) : []) }),
  },
});
