import { DAY, HOUR } from '../kinds.ts';
import type { Random } from '../random.ts';

/** When things happen. A visit is one conversation: its turns' times. */
export type Visit = number[];

/** How wakeful people are by the local hour. */
const WAKEFUL = [2, 1, 0.5, 0.3, 0.3, 0.6, 1.5, 3, 6, 9, 10, 10, 8, 8.5, 9.5, 10, 9.5, 8, 6.5, 6, 6.5, 6.5, 5.5, 3.5];
const AT_THE_OFFICE = [0, 0, 0, 0, 0, 0, 0.2, 1, 5, 9, 10, 9, 5, 7, 9, 9, 8, 5, 1.5, 0.7, 0.4, 0.2, 0.1, 0];
const ZONES: readonly (readonly [number, number])[] = [
  [-8, 12],
  [-5, 20],
  [-3, 5],
  [0, 9],
  [1, 16],
  [3, 5],
  [5.5, 13],
  [8, 12],
  [9, 8],
];

export interface Human {
  start: number;
  end: number;
  perDay: number;
  zone?: number;
  office?: boolean;
  /** How many turns a visit has on average. */
  turns?: number;
}

export const zone = (random: Random): number => random.weighted(ZONES);

/** A person's visits: days on and off, weekends, meals and nights of their time zone. */
export function humanVisits(random: Random, options: Human): Visit[] {
  const { start, end, perDay, office = random.chance(0.45), turns = random.between(2, 9) } = options;
  const shift = (options.zone ?? zone(random)) * HOUR;
  const hours = (office ? AT_THE_OFFICE : WAKEFUL).map(
    (weight, hour) => [hour, weight * random.between(0.5, 1.6)] as const,
  );
  const weekend = office ? random.between(0, 0.15) : random.between(0.4, 1.2);
  const presence = Math.min(1, Math.max(0.06, random.logNormal(0.45, 0.7)));
  const visits: Visit[] = [];
  for (let day = startOfDay(start); day < end; day += DAY) {
    const weekday = new Date(day).getUTCDay();
    const factor = weekday === 0 || weekday === 6 ? weekend : 1.15;
    if (!random.chance(presence)) continue;
    const count = random.poisson(((perDay / presence) * factor * random.logNormal(0.85, 0.55)) / turns);
    for (let visit = 0; visit < count; visit += 1) {
      const at = day - shift + random.weighted(hours) * HOUR + random.next() * HOUR;
      visits.push(conversation(random, at, turns));
    }
  }
  return clip(visits, start, end);
}

/** Turns that follow one another as fast as a person reads and writes. */
function conversation(random: Random, at: number, turns: number): Visit {
  const visit = [at];
  while (random.chance(1 - 1 / turns) && visit.length < 120) {
    visit.push((visit.at(-1) as number) + random.logNormal(55_000, 1.1) + 2000);
  }
  return visit;
}

/** What an application's users send it: day and night, more by day, in visits of a few turns. */
export function serviceVisits(random: Random, options: Human): Visit[] {
  const { start, end, perDay, turns = random.between(1, 3) } = options;
  const shift = (options.zone ?? zone(random)) * HOUR;
  const depth = random.between(0.2, 0.9);
  const visits: Visit[] = [];
  const drift = Array.from({ length: 60 }, () => random.logNormal(1, 0.25));
  for (let day = startOfDay(start), n = 0; day < end; day += DAY, n += 1) {
    const count = random.poisson((perDay * (drift[n % 60] as number)) / turns);
    for (let visit = 0; visit < count; visit += 1) {
      const at = day + random.next() * DAY;
      const wakeful = (WAKEFUL[Math.floor(((((at + shift) % DAY) + DAY) % DAY) / HOUR)] as number) / 10;
      if (random.chance(1 - depth * (1 - wakeful))) visits.push(conversation(random, at, turns));
    }
  }
  return clip(visits, start, end);
}

/** Single requests at a steady rate, as a Poisson process. */
export function steadyTimes(random: Random, start: number, end: number, perDay: number): number[] {
  const times: number[] = [];
  for (let at = start + random.exponential(DAY / perDay); at < end; at += random.exponential(DAY / perDay))
    times.push(at);
  return times;
}

/** How busy an office-like campaign is at a moment, between 0 and 1. */
export const officeLevel = (at: number, shiftHours: number): number => {
  const local = at + shiftHours * HOUR;
  const weekday = new Date(local).getUTCDay();
  const level = (AT_THE_OFFICE[new Date(local).getUTCHours()] as number) / 10;
  return weekday === 0 || weekday === 6 ? level * 0.12 : level;
};

export const startOfDay = (at: number): number => Math.floor(at / DAY) * DAY;

function clip(visits: readonly Visit[], start: number, end: number): Visit[] {
  return visits.map((visit) => visit.filter((at) => at >= start && at < end)).filter((visit) => visit.length > 0);
}
