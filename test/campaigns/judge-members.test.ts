import { describe, expect, it } from 'vitest';
import { groupHits } from '../../src/campaigns/group-hits.ts';
import type { Hit } from '../../src/campaigns/hit.ts';
import { tiedAccounts, typicalTie } from '../../src/campaigns/judge-members.ts';
import { accounts, tie } from './hits.ts';

const QUEUE = accounts(0, 12);
const templates = (count: number, names = QUEUE): Hit[] =>
  Array.from({ length: count }, (_, index) => tie(names, { weight: 8, trait: `template ${index}` }));

/** The group of these hits, which must be one. */
function groupOf(hits: Hit[]) {
  const groups = groupHits(hits, 10_000);
  expect(groups).toHaveLength(1);
  const [group] = groups;
  if (group === undefined) throw new Error('there is no group');
  return group;
}

describe('tiedAccounts', () => {
  it.each([20, 100, 400])('is not moved by %i bystanders of one phrase', (bystanders) => {
    const phrase = tie([...QUEUE, ...accounts(100, bystanders)], { weight: 9, trait: 'a phrase' });
    const group = groupOf([...templates(7), phrase]);
    expect(typicalTie(group)).toBe(65);
    expect(tiedAccounts(group)).toEqual(new Set(QUEUE));
  });

  it('keeps everyone whom the greater part of the evidence is about', () => {
    const all = accounts(0, 100);
    const group = groupOf([tie(all, { weight: 20, trait: 'the template' }), ...templates(2)]);
    expect(typicalTie(group)).toBe(20);
    expect(tiedAccounts(group)).toEqual(new Set(all));
  });

  it('keeps who has a quarter of the typical strength', () => {
    const edge = (weight: number) =>
      tiedAccounts(groupOf([...templates(2), tie([...QUEUE, 'edge'], { weight, trait: 'more' })])).has('edge');
    // Of 16 and the edge's own.
    expect(edge(5.4)).toBe(true);
    expect(edge(5.3)).toBe(false);
  });
});
