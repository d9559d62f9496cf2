import { expect, it } from 'vitest';
import { judgeEnd, withoutExceptions } from '../../src/campaigns/exception.ts';
import { mergeHits } from '../../src/campaigns/merge-hits.ts';
import { support, tie } from './hits.ts';

const none = { accounts: new Set<string>(), traits: new Set<string>() };

it('leaves accounts and traits out, and ties that are left with one account', () => {
  const hits = [
    tie(['1', '2', '3'], { trait: 'a', weight: 4 }),
    tie(['1', '2'], { trait: 'b', weight: 4 }),
    support(['1', '2'], { trait: 'c' }),
    tie(['4', '5'], { trait: 'd', weight: 1 }),
  ];
  expect(withoutExceptions(hits, none)).toEqual(hits);
  const left = withoutExceptions(hits, { accounts: new Set(['1']), traits: new Set(['d']) });
  expect(left.map(({ trait, accounts }) => [trait, accounts])).toEqual([
    ['a', ['2', '3']],
    ['c', ['2']],
  ]);
  expect(hits[0]?.accounts).toHaveLength(3);
  const traits = (exceptions: Partial<typeof none>) =>
    withoutExceptions(hits, { ...none, ...exceptions }).map(({ trait }) => trait);
  expect(traits({ accounts: new Set(['1']) })).toEqual(['a', 'c', 'd']);
  expect(traits({ traits: new Set(['d']) })).toEqual(['a', 'b', 'c']);
});

it('ends within a year from now', () => {
  expect(judgeEnd(11, 10)).toEqual({ ok: true });
  expect(judgeEnd(10, 10)).toEqual({ ok: false, reason: 'past' });
  const year = 366 * 86_400_000;
  expect(judgeEnd(10 + year, 10)).toEqual({ ok: true });
  expect(judgeEnd(11 + year, 10)).toEqual({ ok: false, reason: 'too_far' });
});

it('merges hits of earlier windows into the present ones', () => {
  const present = [{ ...tie(['1', '2'], { trait: 'a', weight: 3 }), evidence: { uses: 5 } }];
  const merged = mergeHits(present, [
    tie(['2', '3'], { trait: 'a', weight: 7 }),
    tie(['4', '5'], { trait: 'b', weight: 1 }),
    tie(['6'], { trait: 'b', weight: 2 }),
  ]);
  expect(merged.map(({ trait, accounts, weight }) => ({ trait, accounts, weight }))).toEqual([
    { trait: 'a', accounts: ['1', '2', '3'], weight: 7 },
    { trait: 'b', accounts: ['4', '5', '6'], weight: 2 },
  ]);
  expect(merged[0]?.evidence).toEqual({ uses: 5 });
});
