/** Nats of the confidence's logarithm of odds by which evidence may be weaker and still judge accounts: half a family. */
const SLACK = 2;

/** The best evidence that a campaign, or a group, had: its typical tie in nats, and its confidence. */
export interface BestEvidence {
  bestTie: number;
  confidence: number;
}

/**
 * Whether a group is evidence as good as the best its campaign had. When a campaign fades, its accounts' ties fade first,
 * and what they were alike in: who is missing then was not cleared.
 */
export function isAsGood(group: { typicalTie: number; confidence: number }, best: BestEvidence): boolean {
  return group.typicalTie >= best.bestTie && logOdds(group.confidence) >= logOdds(best.confidence) - SLACK;
}

/** The same, from which on it takes nobody in for sure: what a phrase that strangers have in common fell short by. */
const FAR = 4;
/**
 * Of the best typical tie, the share below which it is the same. Confidence is capped, and so hardly tells: a large campaign tied by
 * thousands of nats is as sure an hour later, by a phrase of ten that a hundred strangers have in common with it.
 */
const FADED = 0.05;

/**
 * Whether a group is so much weaker than the best its campaign had that who is new in it is for a person to look at, and
 * that it puts no campaigns together. One that is tied as strongly as ever is not, though its accounts are alike in less.
 */
export function isFarWeaker(group: { typicalTie: number; confidence: number }, best: BestEvidence): boolean {
  const isLessSure = logOdds(group.confidence) < logOdds(best.confidence) - FAR;
  return isFaint(group, best) || (group.typicalTie < best.bestTie && isLessSure);
}

/** The same by its ties alone: of accounts that another group ties, too, it says next to nothing. */
export function isFaint(group: { typicalTie: number }, best: { bestTie: number }): boolean {
  return group.typicalTie < FADED * best.bestTie;
}

const logOdds = (share: number): number => Math.log(share / (1 - share));
