import { describe, expect, it } from 'vitest';
import { countIn, indexByAccount } from '../../src/campaigns/by-account.ts';

const things = [
  { name: 'card', accounts: ['1', '2'] },
  { name: 'template', accounts: ['2', '3', '2'] },
  { name: 'network', accounts: ['2'] },
];
const namesOf = (index: ReadonlyMap<string, readonly { name: string }[]>) =>
  Object.fromEntries([...index].map(([account, all]) => [account, all.map(({ name }) => name)]));

describe('indexByAccount', () => {
  it('names for each account what names it, in order', () => {
    expect(namesOf(indexByAccount(things, ({ accounts }) => new Set(accounts)))).toEqual({
      1: ['card'],
      2: ['card', 'template', 'network'],
      3: ['template'],
    });
  });

  it('stops at the most that an account may have', () => {
    expect(namesOf(indexByAccount(things, ({ accounts }) => new Set(accounts), 2))['2']).toEqual(['card', 'template']);
  });
});

describe('countIn', () => {
  it('counts the accounts that each thing names, and nothing that none of them has', () => {
    const index = indexByAccount(things, ({ accounts }) => new Set(accounts));
    const counts = [...countIn(['1', '2', '9'], index)].map(([{ name }, count]) => [name, count]);
    expect(counts).toEqual([
      ['card', 2],
      ['template', 1],
      ['network', 1],
    ]);
  });
});
