import { createKeyTable } from './key-table.ts';
import { isWorthKeeping, mayBeWorthKeeping } from './shared-traits.ts';
import type { TraitUses } from './trait-uses.ts';

/** PostgreSQL's microseconds from 2000 in a UTC day. */
const DAY_US = 86_400_000_000;

/** Which traits which accounts showed on which days: of each sighting */
export interface Sightings {
  /** the places of its trait and account; */
  trait: number[];
  account: number[];
  /** its day, from 2000; */
  day: number[];
  uses: number[];
  elicited: number[];
  /** microseconds from 2000. */
  firstAt: number[];
  lastAt: number[];
}

const noSightings = (): Sightings => ({
  trait: [],
  account: [],
  day: [],
  uses: [],
  elicited: [],
  firstAt: [],
  lastAt: [],
});

export interface Counted {
  seen: Sightings;
  /** Places of traits that enough accounts showed, and that are not kept until now. */
  fresh: number[];
}

/**
 * The sightings of the traits that are kept, and of those that enough accounts showed. `eliciting`: the bits of an
 * exchange's marks of which one elicits.
 */
export function countSightings(uses: TraitUses, isKept: (trait: number) => boolean, eliciting: number): Counted {
  const seen = noSightings();
  const fresh: number[] = [];
  const addSightings = createAdder(seen, uses, eliciting);
  const sharedOf = createSharedFinder(uses, isKept);
  let from = 0;
  for (const to of uses.parts) {
    const shared = sharedOf(from, to);
    addSightings(from, to, (trait) => isKept(trait) || shared.has(trait));
    fresh.push(...shared);
    from = to;
  }
  return { seen, fresh };
}

/** What finds the traits of a part, without those that are kept, that enough accounts showed. */
function createSharedFinder(
  { traits, trait: traitOf, row, account }: TraitUses,
  isKept: (trait: number) => boolean,
): (from: number, to: number) => Set<number> {
  const pairs = createKeyTable();
  return (from, to) => {
    pairs.clear();
    const users = new Map<number, number>();
    for (let use = from; use < to; use += 1) {
      const trait = traitOf[use] ?? 0;
      if (!mayBeWorthKeeping(traits.high(trait), traits.isShared(trait), traits.uses(trait)) || isKept(trait)) continue;
      const known = pairs.size();
      if (pairs.put(trait, account[row[use] ?? 0] ?? 0) === known) users.set(trait, (users.get(trait) ?? 0) + 1);
    }
    const shared = new Set<number>();
    for (const [trait, count] of users) {
      if (isWorthKeeping(traits.high(trait), count, traits.uses(trait))) shared.add(trait);
    }
    return shared;
  };
}

/** What adds the sightings of a part, of wanted traits, to those of the parts before. */
function createAdder(
  seen: Sightings,
  { trait: traitOf, row: rowOf, account: accountOf, time, mark }: TraitUses,
  eliciting: number,
): (from: number, to: number, isWanted: (trait: number) => boolean) => void {
  /** Who showed what, and each one's newest sighting; where there are several, by their days. */
  const pairs = createKeyTable();
  const days = createKeyTable();
  const newest: number[] = [];

  function placeOf(pair: number, day: number): number {
    const known = newest[pair];
    if (known !== undefined && seen.day[known] === day) return known;
    const base = seen.trait.length - days.size();
    newest[pair] = base + days.put(pair, day);
    return newest[pair];
  }

  return (from, to, isWanted) => {
    pairs.clear();
    days.clear();
    newest.length = 0;
    for (let use = from; use < to; use += 1) {
      const trait = traitOf[use] ?? 0;
      if (!isWanted(trait)) continue;
      const row = rowOf[use] ?? 0;
      const account = accountOf[row] ?? 0;
      const at = time[row] ?? 0;
      const day = Math.floor(at / DAY_US);
      const elicits = ((mark[row] ?? 0) & eliciting) === 0 ? 0 : 1;
      const place = placeOf(pairs.put(trait, account), day);
      if (place === seen.trait.length) {
        seen.trait.push(trait);
        seen.account.push(account);
        seen.day.push(day);
        seen.uses.push(1);
        seen.elicited.push(elicits);
        seen.firstAt.push(at);
        seen.lastAt.push(at);
        continue;
      }
      seen.uses[place] = (seen.uses[place] ?? 0) + 1;
      seen.elicited[place] = (seen.elicited[place] ?? 0) + elicits;
      if (at < (seen.firstAt[place] ?? at)) seen.firstAt[place] = at;
      if (at > (seen.lastAt[place] ?? at)) seen.lastAt[place] = at;
    }
  };
}
