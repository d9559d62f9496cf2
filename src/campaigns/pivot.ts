import type { Evidence } from './campaign.ts';

export type Pivot = NonNullable<Evidence['pivots']>[number];

/** Exchanges since a model's release, at most a day: of a campaign and of all accounts, to that model and to any. */
export interface ModelMove {
  model: string;
  campaign: number;
  campaignAll: number;
  everyone: number;
  everyoneAll: number;
  /** Accounts of the campaign that used the model, of those at work. */
  movers: number;
  accounts: number;
}

/** With fewer exchanges since the release, a share is chance. */
const LEAST_EXCHANGES = 50;
/** A quarter of the traffic: people adopt a model over days, one by one. */
const PIVOT_SHARE = 0.25;
const PIVOT_RATIO = 3;
/** One busy account that tries the new model is not the group's move. */
const MOVERS_SHARE = 0.5;

/** The models to which a campaign moved at once, far beyond everyone else. */
export function pivotsOf(moves: readonly ModelMove[]): Pivot[] {
  return moves.flatMap(({ model, campaign, campaignAll, everyone, everyoneAll, movers, accounts }) => {
    if (campaignAll < LEAST_EXCHANGES || movers < MOVERS_SHARE * accounts) return [];
    const share = campaign / campaignAll;
    const others = Math.max(0, everyone - campaign) / Math.max(1, everyoneAll - campaignAll);
    return share >= PIVOT_SHARE && share >= PIVOT_RATIO * others ? [{ model, share, others }] : [];
  });
}

/** Those that nobody was told of yet. */
export function freshPivots(known: readonly Pivot[], found: readonly Pivot[]): Pivot[] {
  return found.filter((pivot) => !known.some(({ model }) => model === pivot.model));
}

/** One sentence for the thread, without markup. */
export function pivotNote({ model, share, others }: Pivot): string {
  const percent = (value: number) => `${Math.round(value * 100)} %`;
  return `${percent(share)} of its exchanges went to ${model} within a day of its release; ${percent(others)} of everyone else’s did.`;
}
