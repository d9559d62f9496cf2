/**
 * Families are not quite independent, so that the odds of their sum are too extreme, below as above: the distance of
 * their logarithm from the one that is alerted counts half. Of 0.2 to 1, what told 229 labelled candidates well:
 * docs/decisions/0016-whole-campaigns.md. It changes what a confidence says, and never who is told of it.
 */
const CERTAINTY = 0.5;
/** The odds at which campaigns are alerted: nine to one. */
const ALERTED = Math.log(9);

/** What of a hundred such groups are campaigns, from the natural logarithm of the odds that the evidence gives. */
export function confidenceOf(logOdds: number): number {
  return 1 / (1 + Math.exp(-(ALERTED + CERTAINTY * (logOdds - ALERTED))));
}
