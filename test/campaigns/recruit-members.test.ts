import { describe, expect, it } from 'vitest';
import type { Hit } from '../../src/campaigns/hit.ts';
import { sureMembers } from '../../src/campaigns/judge-members.ts';
import { likeable, recruitMembers } from '../../src/campaigns/recruit-members.ts';
import type { ScoredGroup } from '../../src/campaigns/score-group.ts';
import { traitOf } from '../../src/campaigns/trait.ts';
import { accounts, support, tie } from './hits.ts';
import { card, scored } from './scoring.ts';

describe('who is recruited', () => {
  // Two cards, each with accounts that are alike in four families; one is too weak a tie to join them.
  const [one, other] = [accounts(200, 8), accounts(300, 8)];
  const both = [...one, ...other];
  const alike = (named: readonly string[]) => [
    support(named, { family: 'timing', detection: 'no-night' }),
    support(named, { family: 'behaviour', detection: 'output-heavy' }),
    support(named, { family: 'identity', detection: 'signup-cohort' }),
    support(named, { family: 'client', detection: 'shared-client' }),
  ];
  const sure = (group: ScoredGroup) => [...sureMembers(group.members)].toSorted();

  it('accounts that are like a sure group in something rare', () => {
    const group = scored([card(one), ...alike(both)]);
    expect(group.confidence).toBeGreaterThan(0.9);
    expect(sure(group)).toEqual(both.toSorted());
  });

  it('nobody who behaves alike, and comes with nothing that the group comes with', () => {
    const [night, output, cohort, client] = alike(both);
    const own = { ...client, accounts: one } as Hit;
    expect(sure(scored([card(one), night as Hit, output as Hit, cohort as Hit, own]))).toEqual(one.toSorted());
  });

  it('who shares a card with most of it, though less alike', () => {
    const mate = '399';
    const hits = [card(one), card([...other, mate]), ...alike(both)];
    const like = (hit: Hit): Hit =>
      hit.role === 'supports' && hit.family !== 'client' ? { ...hit, accounts: [...hit.accounts, mate] } : hit;
    expect(sure(scored(hits.map(like)))).toContain(mate);
    expect(sure(scored(hits.filter((hit) => !hit.accounts.includes(mate)).map(like)))).not.toContain(mate);
  });

  it('whose facts must be at hand: who is named by three families', () => {
    const hits = alike(both).map((hit, at) => ({
      ...hit,
      accounts: at < 3 ? [...hit.accounts, '1', '2'] : ['2', '3'],
    }));
    expect(likeable(hits).toSorted()).toEqual([...both, '1', '2'].toSorted());
    expect(likeable([...hits.slice(0, 2), tie(both)])).toEqual([]);
  });

  it('nobody who is dealt a template that the group knows nothing of', () => {
    const foreign = tie(other, { trait: 'of another queue' });
    expect(sure(scored([card(one), ...alike(both), foreign]))).toEqual(one.toSorted());
    // One that three of the group use, too, is no other queue's.
    const common = tie([...other, ...one.slice(0, 3)], { trait: 'common', weight: 0 });
    expect(sure(scored([card(one), ...alike(both), common]))).toEqual(both.toSorted());
  });

  it('nobody for what many others show as well', () => {
    const [night, output, cohort, client] = alike(both) as [Hit, Hit, Hit, Hit];
    // Of a thousand, forty others have the client too: more than three in a hundred are no mark.
    const common = { ...client, accounts: [...client.accounts, ...accounts(800, 40)] };
    expect(sure(scored([card(one), night, output, cohort, common]))).toEqual(one.toSorted());
  });

  it('nobody for habits alone, of whatever kind and however rare', () => {
    const habits = alike(both).slice(0, 3);
    expect(sure(scored([card(one), ...habits]))).toEqual(one.toSorted());
  });

  it('who bears one of several marks', () => {
    const network = support(one, { family: 'network', detection: 'network-rotation' });
    expect(sure(scored([card(one), ...alike(both), network]))).toEqual(both.toSorted());
  });

  it('nobody of whom the group’s likeness says less than the doubt about strangers', () => {
    const [night, output, cohort, client] = alike(both) as [Hit, Hit, Hit, Hit];
    const own = { ...output, accounts: one };
    expect(sure(scored([card(one), night, own, cohort, client]))).toEqual(one.toSorted());
  });

  it('nobody under a contract, though like a sure group', () => {
    const [contracted = ''] = other;
    const group = scored([card(one), ...alike(both)], { facts: { [contracted]: { program: 'enterprise' } } });
    expect(group.members.find(({ account }) => account === contracted)?.standing).toBe('review');
  });

  it('none by a group that is not sure itself', () => {
    const [night] = alike(both);
    expect(sure(scored([tie(one, { weight: 8 }), night as Hit]))).toEqual(one.toSorted());
  });
});

describe('what ties a stranger to a group', () => {
  const core = accounts(200, 8);
  const mate = '399';
  const habits = (['timing', 'behaviour', 'identity'] as const).map((family) =>
    support([...core, mate], { family, detection: `like in ${family}` }),
  );
  const supports = habits.map((hit) => ({ hit, accounts: new Set(hit.accounts), looked: 1 }));
  /** A card of so many of the group, of the mate, and of strangers. */
  const wide = (theirs: number, strangers: number, named = [mate]): Hit =>
    card([...core.slice(0, theirs), ...named, ...accounts(600, strangers)]);
  const isTied = (...ties: Hit[]) => {
    const tiesOf = new Map([...core, mate].map((each) => [each, ties.filter((hit) => hit.accounts.includes(each))]));
    return recruitMembers(new Set(core), supports, tiesOf, { activeAccounts: 1_000, explain: () => '' }).has(mate);
  };

  it('is what names three of it, and more of it than of others', () => {
    expect([isTied(wide(3, 1)), isTied(wide(2, 0)), isTied()]).toEqual([true, false, false]);
    expect([isTied(wide(4, 2)), isTied(wide(4, 3))]).toEqual([true, false]);
  });

  it('is most of what most of it has, not one alone', () => {
    const without = wide(8, 0, []);
    expect(isTied(wide(8, 0))).toBe(true);
    expect(isTied(wide(8, 0), without)).toBe(false);
    expect(isTied(wide(8, 0), wide(7, 0), without)).toBe(true);
    // Half of it is not most of it: one such card is enough.
    expect(isTied(wide(4, 0), without)).toBe(true);
  });

  it('is less than what all of a large group has and the stranger lacks', () => {
    const many = accounts(400, 40);
    const near = [...many, mate];
    const like = (['timing', 'behaviour', 'identity', 'client'] as const).map((family) =>
      support(near, { family, detection: `like in ${family}` }),
    );
    const recruited = (...ties: Hit[]) => {
      const tiesOf = new Map(near.map((each) => [each, ties.filter((hit) => hit.accounts.includes(each))]));
      const all = like.map((hit) => ({ hit, accounts: new Set(hit.accounts), looked: 1 }));
      return recruitMembers(new Set(many), all, tiesOf, { activeAccounts: 500, explain: () => '' }).get(mate) ?? 0;
    };
    const phrase = tie([...many.slice(0, 15), mate], { trait: 'a phrase' });
    const templates = (named: readonly string[]) => ['one', 'two'].map((trait) => tie(named, { trait }));
    const [theirs, everybodys] = [templates(many), templates(near)];
    const strength = recruited(phrase);
    // All forty, of forty and one more.
    expect(strength - recruited(phrase, ...theirs)).toBeCloseTo(Math.log(41));
    expect(recruited(phrase, ...everybodys)).toBeCloseTo(strength);
    expect(strength - recruited(phrase, everybodys[0] as Hit, theirs[1] as Hit)).toBeCloseTo(Math.log(41) / 2);
    // Six in ten are dealt it: to lack it says little.
    expect(strength - recruited(phrase, ...templates(many.slice(0, 24)))).toBeCloseTo(-Math.log(1 - 24 / 41));
    // Nothing ties it, and no text of it is known: its gateway may give none.
    expect(recruited() - recruited(...theirs)).toBeCloseTo(3);
    // A network of theirs is enough.
    const network = tie([...many.slice(0, 15), mate], { trait: 'a network', family: 'network' });
    expect(recruited(network, ...theirs)).toBeCloseTo(strength);
    // What is told of a phrase's users says no more of their cards than the phrase.
    const head = String(traitOf('prompt_head', 7n));
    const phrasesCards = tie([...many.slice(0, 15), mate], {
      trait: head,
      family: 'payment',
      detection: 'carded-template',
    });
    expect(strength - recruited(phrasesCards, phrase, ...theirs)).toBeCloseTo(Math.log(41));
  });

  it('is no template of a queue that the group hardly knows', () => {
    const template = (theirs: number) => tie([...core.slice(0, theirs), mate], { trait: 'template' });
    expect(isTied(wide(4, 0), template(2))).toBe(false);
    expect(isTied(wide(4, 0), template(3))).toBe(true);
  });
});
