import type { TemplateUse } from './template-use.ts';

/** Share of its uses that elicit: of a text that asks for it, whatever it wraps, and of one that does not. */
const ASKING = 0.98;
const PLAIN = 0.02;
/** Nats by which two texts must be likelier than one whose wrapped items ask now and then. */
const TWO_TEXTS = 6;
const ROUNDS = 8;

/**
 * Where two texts happen to have a mark in common, one that asks for reasoning or grades and one that does not, the uses
 * of the first: who sends the other has nothing to do with it. Otherwise the same array: a text that asks now and then does
 * so for all its accounts alike.
 */
export function ofAskingText<Use extends Pick<TemplateUse, 'uses' | 'elicited'>>(uses: readonly Use[]): readonly Use[] {
  const counted = uses.map(({ uses: all, elicited }) => ({ elicited, plain: all - elicited }));
  const elicited = counted.reduce((sum, use) => sum + use.elicited, 0);
  const plain = counted.reduce((sum, use) => sum + use.plain, 0);
  if (elicited === 0 || plain === 0) return uses;

  const ratios = counted.map((use) => logAt(ASKING, use) - logAt(PLAIN, use));
  let share = 0.5;
  for (let round = 0; round < ROUNDS; round += 1) {
    const odds = Math.log(share / (1 - share));
    const expected = ratios.reduce((sum, ratio) => sum + 1 / (1 + Math.exp(-ratio - odds)), 0);
    // Neither text may come to have nobody: then it never could again.
    share = (expected + 0.5) / (uses.length + 1);
  }
  const ofTwo = counted.reduce(
    (sum, use) => sum + logSum(Math.log(share) + logAt(ASKING, use), Math.log1p(-share) + logAt(PLAIN, use)),
    0,
  );
  const ofOne = logAt(elicited / (elicited + plain), { elicited, plain });
  if (ofTwo - ofOne < TWO_TEXTS) return uses;
  const odds = Math.log(share / (1 - share));
  return uses.filter((_, at) => (ratios[at] ?? 0) + odds > 0);
}

/** Log-likelihood of one account's uses, where each elicits at this rate. */
function logAt(rate: number, { elicited, plain }: { elicited: number; plain: number }): number {
  return elicited * Math.log(rate) + plain * Math.log1p(-rate);
}

const logSum = (a: number, b: number): number => Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)));
