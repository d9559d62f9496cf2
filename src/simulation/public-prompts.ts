import type { Random } from './random.ts';
import { type Instruction, writeInstruction } from './text/instructions.ts';
import { Nouns } from './text/words.ts';

/** Texts that anyone may find and use: tutorials, frameworks, starters and test harnesses. */
export interface PublicPrompts {
  /** System prompts of tutorials and forums, the popular first. */
  readonly common: readonly Instruction[];
  /** The long system prompts of agent frameworks. */
  readonly frameworks: readonly Instruction[];
  readonly starters: readonly Instruction[];
  readonly harnesses: readonly Instruction[];
}

export function makePublicPrompts(random: Random): PublicPrompts {
  const write = (count: number, elicit: number, rules: readonly [number, number], grading = false) =>
    Array.from({ length: count }, () => writeInstruction({ random, nouns: Nouns }, { elicit, rules, grading }));
  return {
    common: [
      { text: 'You are a helpful assistant.', elicits: false },
      { text: 'You are a helpful assistant. Think step by step.', elicits: true },
      ...write(22, 0.25, [0, 3]),
    ],
    frameworks: write(4, 0.6, [6, 11]),
    starters: write(3, 0.3, [2, 5]),
    harnesses: [...write(3, 0.8, [1, 3]), ...write(1, 0.5, [1, 2], true)],
  };
}
