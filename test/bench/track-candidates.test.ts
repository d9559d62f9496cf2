import { describe, expect, it } from 'vitest';
import { CandidateTrack } from '../../bench/detection/track-candidates.ts';
import type { ScoredGroup } from '../../src/campaigns/score-group.ts';
import { accounts } from '../campaigns/hits.ts';

const group = (names: readonly string[], confidence: number, change: Partial<ScoredGroup> = {}): ScoredGroup => ({
  kind: 'resale',
  confidence,
  families: [],
  reasons: [],
  prior: -9,
  typicalTie: 1,
  members: names.map((account) => ({ account, strength: 5, standing: 'member', detections: [] })),
  ruledOut: [],
  ...change,
});

function candidatesOf(...hours: ScoredGroup[][]) {
  const track = new CandidateTrack();
  for (const groups of hours) track.add(groups);
  return track.candidates();
}

const [one, other] = [accounts(0, 10), accounts(20, 10)];

describe('candidates', () => {
  it('are followed from hour to hour, and stand as they were when they were surest', () => {
    const surest = group(one.slice(0, 8), 0.7, { kind: 'extraction' });
    expect(candidatesOf([group(one, 0.3)], [surest], [group(one, 0.6)])).toEqual([
      { kind: 'extraction', confidence: 0.7, accounts: one.slice(0, 8) },
    ]);
  });

  it('of different accounts are different, and one that goes stays counted', () => {
    const found = candidatesOf([group(one, 0.4), group(other, 0.2)], [group(other, 0.1)], []);
    expect(found.map(({ confidence }) => confidence)).toEqual([0.4, 0.2]);
  });

  it('are one where one swallowed the other', () => {
    const found = candidatesOf([group(one, 0.4), group(other, 0.2)], [group([...one, ...other], 0.9)]);
    expect(found.map(({ confidence }) => confidence)).toEqual([0.9]);
  });

  it('count the accounts that are sure alone', () => {
    const [first, ...rest] = group(one, 0.5).members;
    const members = [{ ...first, standing: 'review' } as ScoredGroup['members'][number], ...rest];
    expect(candidatesOf([group(one, 0.5, { members })])[0]?.accounts).toEqual(one.slice(1));
  });
});
