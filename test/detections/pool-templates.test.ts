import { describe, expect, it } from 'vitest';
import { type TraitKind, traitOf } from '../../src/campaigns/trait.ts';
import { poolTemplates } from '../../src/detections/pool-templates.ts';
import type { Template } from '../../src/detections/template.ts';
import { accounts } from '../campaigns/hits.ts';

/** A template that each of these accounts used so often, of twenty exchanges, half of the uses eliciting. */
function template(
  kind: TraitKind,
  number: number,
  names: readonly string[],
  usesOf: (at: number) => number = () => 4,
): Template {
  const uses = names.map((_, at) => usesOf(at));
  return {
    trait: String(traitOf(kind, BigInt(number))),
    users: names.map((account) => ({
      account,
      owner: Number(account),
      exchanges: 20,
      allElicited: 10,
      publicUses: 1,
      card: 0,
      cardAccounts: 0,
    })),
    uses,
    elicited: uses.map((count) => count / 2),
    templates: 1,
  };
}

const namesOf = (pool: Template | undefined): string[] => (pool?.users ?? []).map(({ account }) => account);

const POOL = accounts(0, 40);
const LEAST = 5;
const unevenly = (at: number) => (at % 10 === 0 ? 20 : 1);

describe('templates of one pool', () => {
  it('are added up account by account, under the name of the largest', () => {
    const [first, second] = [template('prompt_head', 1, POOL), template('prompt_head', 2, POOL.slice(0, 30))];
    const [pool, ...others] = poolTemplates([second, first], LEAST);
    expect(others).toEqual([]);
    expect(pool).toMatchObject({ trait: first.trait, templates: 2 });
    expect(pool?.uses).toEqual(POOL.map((_, at) => (at < 30 ? 8 : 4)));
    expect(pool?.elicited).toEqual(POOL.map((_, at) => (at < 30 ? 4 : 2)));
    // What is the account's own is not added.
    expect(pool?.users).toEqual(first.users);
  });

  it('take in accounts that the largest one missed', () => {
    const rows = [template('system_tail', 1, POOL.slice(0, 30)), template('system_tail', 2, POOL.slice(12, 40))];
    expect(namesOf(poolTemplates(rows, LEAST)[0]).toSorted()).toEqual(POOL.toSorted());
  });

  it.each([
    [20, 1],
    [19, 0],
  ])('are used by half of the larger one’s accounts: %i of 40', (shared, pools) => {
    const rows = [template('prompt_head', 1, POOL), template('prompt_head', 2, POOL.slice(0, shared))];
    expect(poolTemplates(rows, LEAST)).toHaveLength(pools);
  });

  it('are of one kind: an exchange has a head and a tail', () => {
    expect(poolTemplates([template('prompt_head', 1, POOL), template('prompt_tail', 2, POOL)], LEAST)).toEqual([]);
  });

  it('are no bands, of which an exchange has several', () => {
    expect(poolTemplates([template('prompt_band', 1, POOL), template('prompt_band', 2, POOL)], LEAST)).toEqual([]);
  });

  it('lean towards dealing each: what the same people like is left out', () => {
    const even = [template('prompt_head', 1, POOL), template('prompt_head', 2, POOL)];
    const liked = template('prompt_head', 3, POOL, unevenly);
    expect(poolTemplates([...even, liked], LEAST)[0]?.uses).toEqual(POOL.map(() => 8));
    expect(poolTemplates([even[0] as Template, liked], LEAST)).toEqual([]);
    expect(poolTemplates([liked, template('prompt_head', 4, POOL, unevenly)], LEAST)).toEqual([]);
  });

  it('of two campaigns stay two pools', () => {
    const others = accounts(100, 40);
    const rows = [POOL, others].flatMap((names, at) => [
      template('prompt_head', 10 * at + 1, names),
      template('prompt_head', 10 * at + 2, names),
    ]);
    expect(poolTemplates(rows, LEAST).map(namesOf)).toEqual([POOL, others]);
  });

  it('of fewer accounts than make a campaign are none', () => {
    const few = POOL.slice(0, LEAST - 1);
    expect(poolTemplates([template('prompt_head', 1, few), template('prompt_head', 2, few)], LEAST)).toEqual([]);
    expect(poolTemplates([], LEAST)).toEqual([]);
  });

  it('cost bounded time where a few accounts share very many', () => {
    const hub = Array.from({ length: 5_000 }, (_, number) => template('prompt_head', number + 1, POOL.slice(0, 6)));
    const [pool] = poolTemplates(hub, LEAST);
    // The widest of each account, and no more: pairs of all of them would be twelve million.
    expect(pool?.templates).toBe(64);
  });

  it('are the same in whatever order they come', () => {
    const rows = [1, 2, 3, 4].map((number) => template('prompt_head', number, POOL.slice(0, 42 - number)));
    expect(poolTemplates(rows.toReversed(), LEAST)).toEqual(poolTemplates(rows, LEAST));
  });
});
