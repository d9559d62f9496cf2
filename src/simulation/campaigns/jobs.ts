import type { Content } from '../customer.ts';
import type { Random } from '../random.ts';
import { editWords, type Instruction, preamble, writeInstruction } from '../text/instructions.ts';
import type { Voice } from '../text/phrase.ts';
import { type Capability, writeTask } from '../text/tasks.ts';
import { Nouns } from '../text/words.ts';

/** What a campaign's queue deals out, whoever takes the next job. */
export interface JobQueue {
  readonly wrappers: readonly Wrapper[];
  readonly tasks: readonly (readonly [Capability, number])[];
  /** Random words are put before a wrapper. */
  readonly padded?: boolean;
  /** Share of the wrapper's words that is replaced each time. */
  readonly edited?: number;
  /** Median tokens of material sent along. */
  readonly attaches?: number;
}

export interface Wrapper {
  readonly instruction: Instruction;
  /** Where the wrapper stands: in the system instructions or before the task. */
  readonly inPrompt: boolean;
}

export interface WrapperStyle {
  elicit: number;
  grading?: boolean;
  inPrompt: number;
}

/** Wrappers of a campaign, written in the same language as everybody's instructions. */
export function makeWrappers(random: Random, count: number, style: WrapperStyle): Wrapper[] {
  return Array.from({ length: count }, () => ({
    instruction: writeInstruction(
      { random, nouns: Nouns },
      { elicit: style.elicit, rules: [2, 5], grading: style.grading === true },
    ),
    inPrompt: random.chance(style.inPrompt),
  }));
}

/** The next job of the queue: any wrapper, any subject, any task. */
export function takeJob(queue: JobQueue, random: Random): Content {
  const voice: Voice = { random, nouns: Nouns };
  const capability = random.weighted(queue.tasks);
  const task = writeTask(capability, voice);
  const attached = queue.attaches === undefined ? 0 : random.logNormal(queue.attaches, 0.7);
  if (queue.wrappers.length === 0) return { prompt: task, capability, elicits: false, campaign: true, attached };
  const { instruction, inPrompt } = random.pick(queue.wrappers);
  let text = instruction.text;
  if (queue.edited !== undefined) text = editWords(text, voice, queue.edited);
  if (queue.padded === true) text = preamble(random) + text;
  const { elicits } = instruction;
  return inPrompt
    ? { prompt: `${text}\n\n${task}`, capability, elicits, campaign: true, attached }
    : { system: text, prompt: task, capability, elicits, campaign: true, attached };
}
