import type { Happening } from '../kinds.ts';
import type { World } from '../world.ts';
import { exchangeLine } from './exchange-line.ts';
import { DUPLICATE, LATE, LATEST_MS, MALFORMED, malform } from './noise.ts';

export interface Counts {
  exchanges: number;
  duplicates: number;
  malformed: number;
  late: number;
}

/** The exchanges in the order in which a gateway delivers them: a few late, a few twice, a few spoilt besides. */
export function* exchangeLines(world: World, counts: Counts): Generator<string> {
  const random = world.random.fork('arrival');
  const arrivals: { happening: Happening; at: number; again: boolean }[] = [];
  for (const { happenings } of world.groups) {
    for (const happening of happenings) {
      const late = random.chance(LATE);
      if (late) counts.late += 1;
      const at = happening.at + (late ? random.next() * LATEST_MS : 0);
      arrivals.push({ happening, at, again: false });
      if (random.chance(DUPLICATE)) arrivals.push({ happening, at: at + random.next() * 5000, again: true });
    }
  }
  // By time alone it would depend on the sort how equal moments fall; the order of the groups settles those.
  arrivals.sort((a, b) => a.at - b.at);
  const repeated = new Map(arrivals.filter(({ again }) => again).map(({ happening }) => [happening, '']));
  for (const [place, { happening, again }] of arrivals.entries()) {
    if (again) {
      counts.duplicates += 1;
      yield repeated.get(happening) as string;
      continue;
    }
    const line = exchangeLine(random.fork(place), happening, world.without);
    const text = JSON.stringify(line);
    counts.exchanges += 1;
    if (repeated.has(happening)) repeated.set(happening, text);
    yield text;
    if (random.chance(MALFORMED)) {
      counts.malformed += 1;
      yield malform(random, { ...line, id: `req_${random.hex(16)}` });
    }
  }
}
