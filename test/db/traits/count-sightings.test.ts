import { describe, expect, it } from 'vitest';
import { countSightings } from '../../../src/db/traits/count-sightings.ts';
import { type ExchangeTraits, onlyTraits } from '../../../src/db/traits/exchange-traits.ts';
import { createTraitSketch } from '../../../src/db/traits/trait-sketch.ts';
import { sortTraitUses, type TraitUses } from '../../../src/db/traits/trait-uses.ts';
import { Random } from '../../../src/simulation/random.ts';

const ELICITING = 0b101;
const DAY_US = 86_400_000_000;

/** An exchange, and its traits as `high:low`. */
interface Row {
  account: [number, number];
  time: number;
  mark: number;
  traits: [number, number][];
}

const PROMPT_HEAD = 1 << 28;
const NETWORK = 10 << 28;

/** Exchanges of some accounts over three days: some traits in many of them, most in one, some several times in one. */
function exchangesOf(seed: string, count: number): Row[] {
  const random = new Random(seed);
  const half = () => random.int(-(2 ** 31), 2 ** 31 - 1);
  const common = Array.from({ length: 60 }, (): [number, number] => [
    random.pick([PROMPT_HEAD, NETWORK]) | random.int(0, 2 ** 20),
    half(),
  ]);
  const accounts = Array.from({ length: 40 }, (): [number, number] => [half(), half()]);
  return Array.from({ length: count }, () => ({
    account: random.pick(accounts),
    time: random.int(9_000, 9_002) * DAY_US + random.int(0, DAY_US - 1),
    mark: random.int(-8, 7),
    traits: Array.from({ length: random.int(0, 9) }, (): [number, number] =>
      random.chance(0.2) ? random.pick(common) : [random.pick([PROMPT_HEAD, NETWORK]) | random.int(0, 9), half()],
    ),
  }));
}

/** As they come from the database, some at a time, with room left over. */
function blocksOf(rows: readonly Row[], each = 97): ExchangeTraits[] {
  const blocks: ExchangeTraits[] = [];
  for (let from = 0; from < rows.length; from += each) {
    const some = rows.slice(from, from + each);
    const block: ExchangeTraits = {
      rows: some.length,
      accounts: new Int32Array(3 * each),
      times: new Float64Array(2 * each),
      marks: new Int16Array(2 * each),
      ends: new Uint32Array(2 * each),
      traits: new Int32Array(20 * each),
    };
    let shown = 0;
    for (const [at, { account, time, mark, traits }] of some.entries()) {
      block.accounts.set(account, 2 * at);
      block.times[at] = time;
      block.marks[at] = mark;
      for (const trait of traits) {
        block.traits.set(trait, shown);
        shown += 2;
      }
      block.ends[at] = shown;
    }
    blocks.push(block);
  }
  return blocks;
}

const isText = (trait: string) => Number(trait.split(':')[0]) >>> 28 === 1;

/** How it is said: with maps, of all traits at once. */
function naive(rows: readonly Row[], isKept: (trait: string) => boolean) {
  const uses = new Map<string, number>();
  const users = new Map<string, Set<string>>();
  for (const { account, traits } of rows) {
    for (const trait of traits.map((pair) => pair.join(':'))) {
      uses.set(trait, (uses.get(trait) ?? 0) + 1);
      users.set(trait, (users.get(trait) ?? new Set()).add(String(account)));
    }
  }
  const shared = [...users].filter(([trait, { size }]) =>
    isText(trait) ? size >= 5 && (uses.get(trait) ?? 0) >= 1.1 * size : size >= 2,
  );
  const fresh = new Set(shared.map(([trait]) => trait).filter((trait) => !isKept(trait)));
  const seen = new Map<string, { uses: number; elicited: number; firstAt: number; lastAt: number }>();
  for (const { account, time, mark, traits } of rows) {
    for (const trait of traits.map((pair) => pair.join(':'))) {
      if (!isKept(trait) && !fresh.has(trait)) continue;
      const key = `${account.join(':')} ${trait} ${Math.floor(time / DAY_US)}`;
      const one = seen.get(key) ?? { uses: 0, elicited: 0, firstAt: time, lastAt: time };
      seen.set(key, {
        uses: one.uses + 1,
        elicited: one.elicited + Number((mark & ELICITING) !== 0),
        firstAt: Math.min(one.firstAt, time),
        lastAt: Math.max(one.lastAt, time),
      });
    }
  }
  return { seen, fresh };
}

function told(uses: TraitUses, isKept: (trait: string) => boolean) {
  const name = (keys: TraitUses['accounts'], place = -1) => `${keys.high(place)}:${keys.low(place)}`;
  const { seen, fresh } = countSightings(uses, (trait) => isKept(name(uses.traits, trait)), ELICITING);
  const rows = [...seen.trait.keys()].map((at) => {
    const key = `${name(uses.accounts, seen.account[at])} ${name(uses.traits, seen.trait[at])} ${seen.day[at]}`;
    const { [at]: firstAt } = seen.firstAt;
    return [key, { uses: seen.uses[at], elicited: seen.elicited[at], firstAt, lastAt: seen.lastAt[at] }] as const;
  });
  expect(new Set(rows.map(([key]) => key)).size).toBe(rows.length);
  return { seen: new Map(rows), fresh: new Set(fresh.map((trait) => name(uses.traits, trait))) };
}

describe('sightings', () => {
  it.each([
    ['one part', 300],
    ['several parts', 6_000],
  ])('are those that a plain count of every trait finds (%s)', (_, count) => {
    const rows = exchangesOf(`sightings ${count}`, count);
    const uses = sortTraitUses(blocksOf(rows));
    expect(uses.parts.length > 1).toBe(count > 1_000);
    const isKept = (trait: string) => Number(trait.split(':')[1]) % 3 === 0;
    const found = told(uses, isKept);
    expect(found).toEqual(naive(rows, isKept));
    expect(found.fresh.size).toBeGreaterThan(5);
    expect(found.seen.size).toBeGreaterThan(found.fresh.size);
  });

  it('are none of no exchanges, or of such without traits', () => {
    const none = { seen: new Map(), fresh: new Set() };
    expect(told(sortTraitUses([]), () => true)).toEqual(none);
    const bare = exchangesOf('bare', 20).map((row) => ({ ...row, traits: [] }));
    expect(told(sortTraitUses(blocksOf(bare)), () => true)).toEqual(none);
  });

  it('stay as they are where other traits are left out first', () => {
    const rows = exchangesOf('fewer', 2_000);
    const isOdd = (_high: number, low: number) => low % 2 !== 0;
    const left = blocksOf(rows).map((block) => onlyTraits(block, isOdd));
    const odd = rows.map((row) => ({ ...row, traits: row.traits.filter((trait) => isOdd(...trait)) }));
    expect(told(sortTraitUses(left), () => false)).toEqual(naive(odd, () => false));
    expect(left.reduce((sum, { rows: each }) => sum + each, 0)).toBe(
      odd.filter(({ traits }) => traits.length > 0).length,
    );
  });
});

describe('a sketch of traits', () => {
  it('leaves out none that is shared, and most of the others', () => {
    const rows = exchangesOf('sketch', 4_000);
    const sketch = createTraitSketch(rows.length, () => true);
    for (const block of blocksOf(rows)) sketch.add(block);
    const likely = blocksOf(rows).map((block) => onlyTraits(block, sketch.mayBeWorthKeeping));
    expect(told(sortTraitUses(likely), () => false)).toEqual(naive(rows, () => false));
    const all = new Set(rows.flatMap(({ traits }) => traits.map(String)));
    const { traits } = sortTraitUses(likely);
    expect(traits.size()).toBeLessThan(all.size / 4);
  });

  it('still leaves out none where a hundred share a cell', () => {
    const rows = exchangesOf('full', 20_000);
    const sketch = createTraitSketch(1, () => true);
    for (let round = 0; round < 3; round += 1) for (const block of blocksOf(rows)) sketch.add(block);
    const { fresh } = naive(rows, () => false);
    for (const trait of fresh) {
      const [high = 0, low = 0] = trait.split(':').map(Number);
      expect(sketch.mayBeWorthKeeping(high, low)).toBe(true);
    }
  });

  it('says no of those that are left out', () => {
    const rows = exchangesOf('out', 500);
    const sketch = createTraitSketch(rows.length, () => false);
    for (const block of blocksOf(rows)) sketch.add(block);
    for (const { traits } of rows) for (const trait of traits) expect(sketch.mayBeWorthKeeping(...trait)).toBe(false);
  });
});
