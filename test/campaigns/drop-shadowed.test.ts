import { expect, it } from 'vitest';
import { dropShadowed } from '../../src/campaigns/drop-shadowed.ts';
import type { ScoredGroup } from '../../src/campaigns/score-group.ts';
import { accounts } from './hits.ts';

function group(first: number, count: number, typicalTie: number, review = 0): ScoredGroup {
  return {
    kind: 'extraction',
    confidence: 0.95,
    families: ['payment', 'timing'],
    reasons: [],
    prior: -9,
    typicalTie,
    members: accounts(first, count + review).map((account, at) => ({
      account,
      standing: at < count ? 'member' : 'review',
      strength: 5,
      detections: [],
    })),
    ruledOut: [],
  };
}

it('what is faint beside another of the same accounts is dropped, whichever is larger', () => {
  const strong = group(0, 20, 1_000);
  expect(dropShadowed([group(5, 40, 10), strong])).toEqual([strong]);
  expect(dropShadowed([strong, group(15, 10, 10)])).toEqual([strong]);
});

it('what is a twentieth as strong is not faint', () => {
  const groups = [group(0, 20, 1_000), group(5, 40, 50)];
  expect(dropShadowed(groups)).toEqual(groups);
});

it('what has less than three in ten of the smaller in common, or only whom it leaves to review, is something else', () => {
  const strong = group(0, 20, 1_000);
  expect(dropShadowed([strong, group(14, 40, 10)])).toEqual([strong]);
  const edge = group(15, 40, 10);
  expect(dropShadowed([strong, edge])).toEqual([strong, edge]);
  const left = group(-15, 15, 10, 20);
  expect(dropShadowed([strong, left])).toEqual([strong, left]);
});
