import type { Content } from './customer.ts';
import type { Random } from './random.ts';
import { Capabilities, labelOf } from './text/tasks.ts';

/** Probabilities of an imperfect provider's classifier; it looks at about half of the traffic. */
const RUNS = 0.52;
const RIGHT = 0.88;
const FINDS_ELICITATION = 0.68;
const FALSE_ELICITATION = 0.012;

/** The labels that the provider's own classifiers put on an exchange, or none where they did not run. */
export function classify(content: Content, random: Random): string[] | undefined {
  if (!random.chance(RUNS)) return undefined;
  const labels: string[] = [labelOf(random.chance(RIGHT) ? content.capability : random.pick(Capabilities))];
  if (random.chance(content.elicits ? FINDS_ELICITATION : FALSE_ELICITATION)) labels.push('cot_elicitation');
  return labels;
}
