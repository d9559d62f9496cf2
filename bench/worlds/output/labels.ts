import type { Request, Topic } from '../kinds.ts';
import type { Random } from '../random.ts';

const LABEL: Record<Topic, string> = {
  coding: 'agentic_coding',
  agent: 'agentic_coding',
  math: 'math',
  logic: 'math',
  extraction: 'information_extraction',
  support: 'customer_support',
  chat: 'chat',
  translation: 'translation',
  writing: 'creative_writing',
  tutoring: 'tutoring',
  answers: 'question_answering',
  grading: 'rubric_grading',
  data: 'data_generation',
};
const ANY = [...new Set(Object.values(LABEL)), 'cot_elicitation'];

/** What a provider's classifiers say: of half the exchanges nothing, of the rest not all, and now and then something wrong. */
export function classify(random: Random, request: Request): string[] | undefined {
  if (random.chance(0.53)) return undefined;
  const labels = new Set(request.topics.filter(() => random.chance(0.86)).map((topic) => LABEL[topic]));
  if (request.elicits !== 'no' && random.chance(request.elicits === 'strongly' ? 0.34 : 0.06))
    labels.add('cot_elicitation');
  if (random.chance(0.02)) labels.add(random.pick(ANY));
  return labels.size === 0 ? undefined : [...labels];
}
