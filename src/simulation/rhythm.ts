import type { Random } from './random.ts';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
const MINUTE = 60_000;

/** The times, in epoch milliseconds, at which an account starts to act in the day from `dayStart`; sessions may run past it. */
export type Rhythm = (dayStart: number, random: Random) => number[];

const cumulate = (weights: readonly number[]): readonly number[] => {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let sum = 0;
  return weights.map((weight) => (sum += weight) / total);
};

/** Activity by local hour of people at work, at leisure, and of software that people use. */
const dayShapes = {
  office: cumulate([0, 0, 0, 0, 0, 0, 1, 3, 8, 11, 12, 10, 7, 9, 11, 11, 9, 6, 3, 2, 1, 1, 1, 0]),
  evening: cumulate([3, 1, 1, 0, 0, 0, 1, 2, 3, 4, 4, 4, 5, 5, 5, 5, 6, 7, 8, 10, 11, 11, 9, 6]),
  service: cumulate([2, 2, 1, 1, 1, 1, 2, 4, 6, 7, 7, 7, 7, 7, 7, 7, 6, 6, 5, 5, 5, 4, 3, 3]),
};
type DayShape = keyof typeof dayShapes;

export interface HumanRhythm {
  /** Mean exchanges of a day on which the account is used, before the day's own ups and downs. */
  perDay: number;
  shape: DayShape;
  /** Hours ahead of UTC. */
  zone: number;
  /** Weekend activity relative to a weekday. */
  weekend: number;
  /** Mean exchanges in a sitting. */
  session: number;
  /** Probability that a day is spent without it. */
  idle: number;
}

/** People: sittings that clump, at hours of their own time zone, with quiet nights and weekends. */
export function human(spec: HumanRhythm): Rhythm {
  const hours = dayShapes[spec.shape];
  return (dayStart, random) => {
    if (random.chance(spec.idle)) return [];
    const weekday = new Date(dayStart + spec.zone * HOUR).getUTCDay();
    const level = random.logNormal(0.8, 0.65) * (weekday === 0 || weekday === 6 ? spec.weekend : 1);
    const times: number[] = [];
    for (let sittings = random.poisson((spec.perDay * level) / spec.session); sittings > 0; sittings--) {
      const draw = random.float();
      const localHour = hours.findIndex((share) => draw < share);
      const utcHour = (((localHour - spec.zone) % 24) + 24) % 24;
      let at = dayStart + (utcHour + random.float()) * HOUR;
      for (let left = Math.max(1, Math.round(random.exponential(spec.session))); left > 0; left--) {
        times.push(at);
        at += random.logNormal(55_000, 1.1);
      }
    }
    return times;
  };
}

/** Independent of the hour: a queue that never sleeps. */
export function flat(perDay: number): Rhythm {
  return (dayStart, random) => Array.from({ length: random.poisson(perDay) }, () => dayStart + random.float() * DAY);
}

/** The same quota every day, give or take `slack`, spread over the whole day. */
export function quota(perDay: number, slack = 0): Rhythm {
  return (dayStart, random) => {
    const count = Math.max(0, Math.round(perDay) + random.int(-slack, slack));
    return Array.from({ length: count }, (_, i) => dayStart + ((i + random.float()) / count) * DAY);
  };
}

/** A shift of some hours, of `shifts` that relieve one another round the clock. */
export function shift(perDay: number, index: number, shifts: number): Rhythm {
  const length = DAY / shifts;
  return (dayStart, random) =>
    Array.from({ length: random.poisson(perDay) }, () => dayStart + ((index % shifts) + random.float()) * length);
}

/** A job on the minute, every so many minutes from `offset` on, with the jitter of a scheduler. */
export function cron(everyMinutes: number, offset: number, callsEach: number): Rhythm {
  return (dayStart, random) => {
    const times: number[] = [];
    for (let minute = offset; minute < 1440; minute += everyMinutes) {
      for (let i = 0; i < callsEach; i++) times.push(dayStart + minute * MINUTE + i * 900 + random.exponential(700));
    }
    return times;
  };
}

/** One burst of `count` exchanges over `hours`, starting at the moment given; nothing on other days. */
export function burst(at: number, count: number, hours: number): Rhythm {
  return (dayStart, random) => {
    if (at < dayStart || at >= dayStart + DAY) return [];
    return Array.from({ length: count }, () => at + random.float() * hours * HOUR);
  };
}

/** A rhythm of which only the times from `from` up to `to` happen. */
export function within(from: number, to: number, rhythm: Rhythm): Rhythm {
  return (dayStart, random) =>
    dayStart + DAY <= from || dayStart >= to ? [] : rhythm(dayStart, random).filter((at) => at >= from && at < to);
}

/** Both rhythms in one account. */
export function together(...rhythms: readonly Rhythm[]): Rhythm {
  return (dayStart, random) => rhythms.flatMap((rhythm) => rhythm(dayStart, random));
}
