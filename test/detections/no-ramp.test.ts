import { noRamp } from '../../src/detections/no-ramp.ts';
import { DAY, quota } from '../../src/simulation/rhythm.ts';
import { describeDetection } from './describe-detection.ts';
import { type Life, people, queue, START, type World } from './world.ts';

/** Somebody was there before: the window is older than the accounts that begin in it. */
const veteran = (world: World): string => world.add({ from: START - 6 * DAY, rhythm: people(30, 2) });
/** So many exchanges on each day from four days before the world's start. */
const counts = (days: readonly number[]): Life => ({
  from: START - 4 * DAY,
  rhythm: (day) => {
    const count = days[(day - START) / DAY + 4] ?? 0;
    return Array.from({ length: count }, (_, index) => day + (index + 0.5) * (DAY / count));
  },
});

describeDetection(noRamp, {
  fires: {
    'a pool that is switched on together': (world) => {
      veteran(world);
      return world.pool(6, { from: START - 2 * DAY, rhythm: queue(40) });
    },
    'bought accounts, opened years ago': (world) => {
      veteran(world);
      return world.pool(4, {
        from: START - 2 * DAY,
        rhythm: quota(26, 3),
        account: { created_at: new Date(START - 900 * DAY).toISOString() },
      });
    },
    'as few whole days as the threshold, the first day cut off': (world) => {
      veteran(world);
      return [world.add(counts([0, 0, 0, 2, 20, 22, 9]))];
    },
  },
  staysQuiet: {
    'a product that grows': (world) => {
      veteran(world);
      world.add(counts([3, 5, 9, 16, 30, 44, 60]));
    },
    'a hackathon: two hard days, then silence': (world) => {
      veteran(world);
      world.pool(20, counts([0, 0, 60, 70, 8, 0, 0]));
    },
    'people who begin, with a day off': (world) => {
      veteran(world);
      world.pool(5, counts([0, 0, 20, 18, 0, 22, 5]));
    },
    'people who begin with a trial': (world) => {
      veteran(world);
      world.pool(5, counts([0, 0, 4, 5, 30, 34, 9]));
    },
    'queues that have always been there': (world) => world.pool(6, { from: START - 12 * DAY, rhythm: queue(40) }),
    'beginners below the rate': (world) => {
      veteran(world);
      world.pool(5, { from: START - 2 * DAY, rhythm: quota(9) });
    },
    'a first look at recorded traffic, where everybody begins': (world) => world.pool(6, { rhythm: queue(40) }),
  },
});
