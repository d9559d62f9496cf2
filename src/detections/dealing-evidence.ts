/** One account's uses of a template, and the exchanges (or equal quota) that it had for them. Uses are at least 1. */
export interface Dealt {
  uses: number;
  exposure: number;
}

/**
 * Spread of the uses beyond chance, squared and relative to the mean: a job queue's, with retries and outages, and
 * people's, who have sessions and differ in zeal. On the labelled worlds queues lie at 0 to 0.05, people at 0.4 to 6.
 */
const QUEUE_SPREAD = 0.05;
const PEOPLE_SPREAD = 0.6;
/** Uses up to which the logarithms are added up, once for all; past them, Stirling's series. */
const ADDED_UP = 64;
/** Accounts that are looked at: their number bounds the time, and beyond it the answer is sure anyway. */
const MOST_ACCOUNTS = 2_000;

/**
 * Nats by which a template's uses are likelier dealt by a job queue than made by people. Both are negative binomial
 * with a mean in proportion to the exposure; accounts that never used the template are not seen, so both are cut at 0.
 */
export function dealingEvidence(dealt: readonly Dealt[]): number {
  const looked = dealt.slice(0, MOST_ACCOUNTS);
  return logLikelihood(looked, QUEUE) - logLikelihood(looked, PEOPLE);
}

/** Who uses a template, by the shape of the distribution of their uses: one over the spread. */
interface Users {
  shape: number;
  /** ln of shape · (shape + 1) · … · (shape + uses − 1), over uses! */
  logWays: (uses: number) => number;
}

const QUEUE = usersOf(1 / QUEUE_SPREAD);
const PEOPLE = usersOf(1 / PEOPLE_SPREAD);

function logLikelihood(dealt: readonly Dealt[], users: Users): number {
  const rate = fitRate(dealt, users.shape);
  let sum = 0;
  for (const { uses, exposure } of dealt) sum += logProbability(uses, rate * exposure, users);
  return sum;
}

const ROUNDS = 12;

/** The rate at which uses per exposure, given at least one, meet their sum. */
function fitRate(dealt: readonly Dealt[], shape: number): number {
  const uses = dealt.reduce((sum, account) => sum + account.uses, 0);
  let rate = uses / dealt.reduce((sum, account) => sum + account.exposure, 0);
  for (let round = 0; round < ROUNDS; round += 1) {
    let expected = 0;
    for (const { exposure } of dealt) {
      const mean = rate * exposure;
      expected += mean / -Math.expm1(logZero(mean, shape));
    }
    rate *= uses / expected;
  }
  return rate;
}

const logZero = (mean: number, shape: number): number => -shape * Math.log1p(mean / shape);

function logProbability(uses: number, mean: number, { shape, logWays }: Users): number {
  const none = logZero(mean, shape);
  return logWays(uses) + none + uses * Math.log(mean / (shape + mean)) - Math.log(-Math.expm1(none));
}

function usersOf(shape: number): Users {
  const ways = new Float64Array(ADDED_UP + 1);
  for (let uses = 1; uses <= ADDED_UP; uses += 1) {
    ways[uses] = (ways[uses - 1] ?? 0) + Math.log((shape + uses - 1) / uses);
  }
  return {
    shape,
    logWays: (uses) => ways[uses] ?? logGamma(shape + uses) - logGamma(shape) - logGamma(1 + uses),
  };
}

/** Stirling's series, moved up to where three terms are exact to 1e-10. */
function logGamma(x: number): number {
  let shift = 0;
  let at = x;
  for (; at < 10; at += 1) shift += Math.log(at);
  const inverse = 1 / (at * at);
  const series = (1 / 12 - inverse * (1 / 360 - inverse / 1260)) / at;
  return (at - 0.5) * Math.log(at) - at + 0.5 * Math.log(2 * Math.PI) + series - shift;
}
