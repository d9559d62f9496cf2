import { groupHits } from '../../src/campaigns/group-hits.ts';
import type { Hit } from '../../src/campaigns/hit.ts';
import { type AccountFacts, createScorer, type ScoredGroup } from '../../src/campaigns/score-group.ts';
import { accounts, tie } from './hits.ts';

const EVERYONE = 1_000;

interface Setting {
  facts?: Record<string, Partial<AccountFacts>>;
  activeAccounts?: number;
}

/** Scores the first group that these hits make. */
export function score(hits: readonly Hit[], { facts = {}, activeAccounts = EVERYONE }: Setting = {}) {
  const all = new Set(hits.flatMap((hit) => hit.accounts));
  const known = [...all].map((key): [string, AccountFacts] => [
    key,
    { accountId: `acct_${key}`, organizationId: null, program: null, ...facts[key] },
  ]);
  const explain = (detection: string, own: Hit[], covered: number, of: number) =>
    `${detection}: ${own.length} hits, ${covered} of ${of}`;
  const [group] = groupHits(hits, 1000);
  if (group === undefined) throw new Error('these hits make no group');
  return createScorer({ hits, activeAccounts, facts: new Map(known), explain })(group);
}

export function scored(hits: readonly Hit[], setting: Setting = {}): ScoredGroup {
  const result = score(hits, setting);
  if ('benign' in result) throw new Error(`explained as ${result.benign}`);
  return result;
}

/** Twenty accounts that one campaign has. */
export const POOL = accounts(0, 20);

export const card = (names: readonly string[], weight = Math.log(8)) =>
  tie(names, { detection: 'shared-payment', family: 'payment', trait: `card of ${names[0]}`, weight });
/** Cards for eight accounts each, as campaigns have them. */
export const CARDS = [card(POOL.slice(0, 8)), card(POOL.slice(8, 16)), card(POOL.slice(12, 20))];
