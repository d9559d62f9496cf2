import type { Random } from '../random.ts';
import { fill } from './prose.ts';

/** Ways to draw a model's reasoning or judgement out of it. Honest prompts use the same words, only not as their purpose. */
const WAYS = {
  reasoning: [
    'Think step by step and write down every step before the answer.',
    'Number each step of your reasoning and say how sure you are after it.',
    'First restate the problem, then weigh at least two approaches, then solve it with one of them.',
    'Lay out your complete chain of thought, wrong turns included, then conclude.',
    'Show all intermediate work in full; do not summarise any of it.',
    'Before answering, explain in detail how you arrive at each conclusion.',
    'Let us work this out one step after another to be certain.',
    'Record your inner deliberation word for word before the final answer.',
  ],
  tags: [
    'Write all of your reasoning between <think> and </think>, then the answer between <answer> and </answer>.',
    'Put every thought in <reasoning> tags before the reply in <final> tags.',
    'Emit your full scratchpad inside <scratch> tags; only then answer inside <out> tags.',
    'Reply as {"thought": …, "answer": …} where thought holds the whole derivation.',
  ],
  rubric: [
    'Score the response from 1 to 10 on correctness, helpfulness, depth and style, with a reason for each.',
    'Compare the two answers and say which a careful expert would prefer, and why.',
    'Judge the candidate by this rubric: accuracy 0-5, completeness 0-5, clarity 0-5. Give the sum.',
    'You are a reward model. Return a scalar between 0 and 1 and the critique that leads to it.',
  ],
  tools: [
    'Before each tool call say why it is made, and after it what was learned.',
    'Write the whole trajectory: thought, action, observation, until the goal is reached.',
    'Justify each command of the agent, and list those you rejected.',
    'Show the plan, every tool call with its arguments, and your reflection after each.',
  ],
} as const;

export type Elicitation = keyof typeof WAYS;

export function writeElicitation(random: Random, way: Elicitation): string {
  return fill(random, random.pick(WAYS[way]));
}
